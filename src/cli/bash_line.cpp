// bash_line: quoting rules of bash(1), QUOTING; what readline adds is in its complete.c.
#include "cli/bash_line.hpp"

#include <algorithm>

#include "os/text.hpp"

namespace ipctl {
namespace {

using Quote = BashLine::Quote;

class Lexer {
 public:
  Lexer(std::string_view line, std::size_t cut) : line_(line), cut_(cut) {}

  BashLine read() {
    while (at_ < line_.size()) {
      note_cut();
      step();
    }
    note_cut();
    // Where another completion function calls ours, as for sudo(8), the replaced part is said to begin with the quote.
    if (quote_ != Quote::none && opened_ >= cut_) {
      result_.open = quote_;
      result_.kept = kept_at_quote_;
    }
    result_.words.push_back(word_);
    result_.redirection = target_;
    return std::move(result_);
  }

 private:
  // The last word and the quotes as they are where the replaced part begins.
  void note_cut() {
    if (at_ > cut_) return;
    result_.kept = word_.size();
    result_.open = quote_;
  }

  void end_word() {
    if (started_ && !target_) result_.words.push_back(word_);
    if (started_) target_ = false;
    started_ = false;
    word_.clear();
  }

  // "2>file", ">&1", ">>file": the operator and its number are no words, the next word is its target.
  void redirect() {
    const auto is_digit = [](char byte) { return byte >= '0' && byte <= '9'; };
    if (started_ && std::all_of(word_.begin(), word_.end(), is_digit)) {
      started_ = false;
      word_.clear();
    }
    end_word();
    target_ = true;
    while (at_ < line_.size() && std::string_view("<>&|").find(line_[at_]) != std::string_view::npos) ++at_;
  }

  void step() {
    const char byte = line_[at_];
    switch (quote_) {
      case Quote::none: return step_unquoted(byte);
      case Quote::single:
        if (byte == '\'') quote_ = Quote::none;
        else word_ += byte;
        break;
      case Quote::twofold: return step_twofold(byte);
      case Quote::ansi:
        if (byte == '\\') return step_escape();
        if (byte == '\'') quote_ = Quote::none;
        else word_ += byte;
        break;
    }
    ++at_;
  }

  void step_unquoted(char byte) {
    if (byte == ' ' || byte == '\t' || byte == '\n') {
      end_word();
    } else if (byte == '<' || byte == '>') {
      return redirect();
    } else {
      started_ = true;
      if (byte == '\\') {
        if (++at_ < line_.size() && line_[at_] != '\n') word_ += line_[at_];
      } else if (byte == '\'') {
        open(Quote::single);
      } else if (byte == '"') {
        open(Quote::twofold);
      } else if (byte == '$' && line_.substr(at_ + 1, 1) == "'") {
        open(Quote::ansi);
        ++at_;
      } else {
        word_ += byte;
      }
    }
    ++at_;
  }

  void open(Quote quote) {
    quote_ = quote;
    opened_ = at_;
    kept_at_quote_ = word_.size();
  }

  void step_twofold(char byte) {
    if (byte == '"') {
      quote_ = Quote::none;
    } else if (byte == '\\') {
      if (++at_ == line_.size()) return;
      if (std::string_view("$`\"\\").find(line_[at_]) == std::string_view::npos) word_ += '\\';
      word_ += line_[at_];
    } else {
      word_ += byte;
    }
    ++at_;
  }

  // One escape of $'...': the octal numbers that bash_reply() writes, and what os/text.hpp's unescape() knows.
  void step_escape() {
    const std::string_view rest = line_.substr(at_);
    if (const auto byte = rest.size() >= 4 ? to_number(rest.substr(1, 3), 8) : std::nullopt; byte && *byte < 256) {
      word_ += static_cast<char>(*byte);
      at_ += 4;
      return;
    }
    const std::size_t length = std::min<std::size_t>(rest.substr(0, 2) == "\\x" ? 4 : 2, rest.size());
    if (const auto bytes = unescape(rest.substr(0, length))) word_ += *bytes;
    else word_.append(rest.substr(1, length - 1));
    at_ += length;
  }

  std::string_view line_;
  std::size_t cut_;
  std::size_t at_ = 0;
  Quote quote_ = Quote::none;
  std::size_t opened_ = 0;  // where quote_ begins
  std::size_t kept_at_quote_ = 0;
  std::string word_;
  bool started_ = false;
  bool target_ = false;
  BashLine result_;
};

bool is_high(char byte) {
  return static_cast<unsigned char>(byte) >= 0x80;
}

// In octal, which $'...' understands.
std::string written_out(char byte, Quote open) {
  const auto value = static_cast<unsigned char>(byte);
  const auto digit = [value](unsigned shift) { return static_cast<char>('0' + ((value >> shift) & 7U)); };
  std::string code{'\\', digit(6), digit(3), digit(0)};
  switch (open) {
    case Quote::none: return "$'" + code + "'";
    case Quote::single: return "'$'" + code + "''";
    case Quote::twofold: return "\"$'" + code + "'\"";
    case Quote::ansi: return code;
  }
  return {};
}

std::string quoted(char byte, Quote open) {
  static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:=@%+,-";
  const auto among = [byte](std::string_view bytes) { return bytes.find(byte) != std::string_view::npos; };
  const std::string escaped{'\\', byte};
  switch (open) {
    case Quote::none: return is_high(byte) || among(plain) ? std::string{byte} : escaped;
    case Quote::single: return byte == '\'' ? "'\\''" : std::string{byte};
    case Quote::twofold:
      if (byte == '!') return "\"'!'\"";  // a backslash would stay
      return among("$`\"\\") ? escaped : std::string{byte};
    case Quote::ansi: return among("'\\") ? escaped : std::string{byte};
  }
  return {};
}

}  // namespace

BashLine read_bash_line(std::string_view line, std::string_view replaced) {
  return Lexer{line, line.size() - std::min(replaced.size(), line.size())}.read();
}

std::string bash_reply(const BashLine& line, std::string_view candidate) {
  const std::string_view rest = candidate.substr(std::min(line.kept, candidate.size()));
  const auto high = [](std::string_view bytes) { return std::count_if(bytes.begin(), bytes.end(), is_high); };
  const bool text = high(printable(rest)) == high(rest);
  std::string reply;
  for (const char byte : rest) {
    // Bytes that a terminal would obey, and bytes that are no text.
    const bool unsafe = is_high(byte) ? !text : byte < 0x20 || byte == 0x7f;
    reply += unsafe ? written_out(byte, line.open) : quoted(byte, line.open);
  }
  if (line.open == Quote::none || reply.empty()) return reply;
  // readline drops an opening quote that its replacement repeats, and adds no closing one where it sees one already.
  const char mark = line.open == Quote::twofold ? '"' : '\'';
  if (reply.front() == mark) reply.insert(0, 1, mark);
  if (reply.back() == mark) reply += mark;
  return reply;
}

}  // namespace ipctl
