#!/bin/sh
# the files, functions and code that src/README.md and commands/README.md name are there
# no-mqueue
. "$(dirname "$0")/lib.sh"

cat > check.py <<'END'
import pathlib, re, sys

top = pathlib.Path(sys.argv[1])
sources = [file for floor in ("src", "commands") for file in sorted((top / floor).rglob("*.[ch]pp"))]
code = "\n".join(file.read_text() for file in [*sources, top / "CMakeLists.txt"])
problems = []
for page in (top / "src/README.md", top / "commands/README.md"):
    text = page.read_text()
    for word in re.findall(r"`([^`\n]+)`", text):
        if "NAME" in word:
            continue
        if re.fullmatch(r"[\w./-]+(\.[ch]pp|\.md|\.json|\.txt|\.1|/)", word) and word != ".cpp":
            if not any((start / word).exists() for start in (page.parent, top, top / "man")) and word != "/proc":
                problems.append(f"{page}: no file {word}")
        elif name := re.fullmatch(r"(?:\w+::)*(\w+)(?:<\w+>)?(?:\(\))?", word):
            if not re.search(rf"\b{name[1]}\b", code):
                problems.append(f"{page}: no {word} in the code")
    for block in re.findall(r"```cpp\n(.*?)```", text, re.S):
        for piece in block.strip().split("\n\n"):
            if piece not in code:
                problems.append(f"{page}: not in the code: {piece}")
sys.exit("\n".join(problems) or 0)
END
python3 check.py "$top" || fail "see above"
