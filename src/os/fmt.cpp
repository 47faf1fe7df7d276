// fmt: the compiled half of the fmt library, inside the program. Debian has it as a shared library only, which would
// bring libstdc++.so with it: together 1 ms of every start.
#include <fmt/format-inl.h>

FMT_BEGIN_NAMESPACE
template FMT_API void detail::buffer<char>::append(const char*, const char*);
template FMT_API void detail::vformat_to(detail::buffer<char>&, string_view,
                                         basic_format_args<FMT_BUFFER_CONTEXT(char)>, detail::locale_ref);
template FMT_API auto detail::thousands_sep_impl(detail::locale_ref) -> detail::thousands_sep_result<char>;
template FMT_API auto detail::decimal_point_impl(detail::locale_ref) -> char;
template FMT_API detail::locale_ref::locale_ref(const std::locale&);
template FMT_API auto detail::locale_ref::get<std::locale>() const -> std::locale;
template FMT_API auto detail::dragonbox::to_decimal(float) noexcept -> detail::dragonbox::decimal_fp<float>;
template FMT_API auto detail::dragonbox::to_decimal(double) noexcept -> detail::dragonbox::decimal_fp<double>;
FMT_END_NAMESPACE
