# Runs the console sessions of a manual page's EXAMPLES, or of a Markdown file, in one bash, and compares.
#
# A line "$ COMMAND" is run; the lines up to the next one are what it prints, standard error included.
# "..." stands for any text. Standard input: a text. Arguments: "man" or "markdown".
import re
import subprocess
import sys


def blocks(kind, text):
    if kind == "markdown":
        return re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S)
    examples = re.search(r"^\.Sh EXAMPLES\n(.*?)(?=^\.Sh )", text, re.M | re.S).group(1)
    found = re.findall(r"^\.Bd -literal\n(.*?)^\.Ed$", examples, re.M | re.S)
    return [block.replace(r"\(aq", "'").replace(r"\&", "").replace(r"\e", "\\") for block in found]


def steps(block):
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected.rstrip("\n")


# Who may be looked at differs between machines.
def without_note(printed):
    return re.sub(r"(?m)^ipctl: .*: \d+ process(es)? could not be looked at: .*\n?", "", printed).rstrip("\n")


def matches(expected, printed):
    return re.fullmatch(".*".join(re.escape(piece) for piece in expected.split("...")), printed, re.S)


session = [step for block in blocks(sys.argv[1], sys.stdin.read()) for step in steps(block)]
if not session:
    sys.exit("no examples")
script = "".join(f"{{ {command}\n}} > step.{i} 2>&1\n" for i, (command, _) in enumerate(session))
subprocess.run(["bash", "-c", script], stdin=subprocess.DEVNULL, timeout=60, check=False)
for i, (command, expected) in enumerate(session):
    with open(f"step.{i}", encoding="utf-8", errors="surrogateescape") as file:
        printed = without_note(file.read())
    if not matches(expected, printed):
        sys.exit(f"$ {command}\nexpected:\n{expected}\nprinted:\n{printed}")
