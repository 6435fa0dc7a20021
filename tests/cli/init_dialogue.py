#!/usr/bin/env python3
"""assay init at a terminal: what it asks, what it does with the answers, and that a password never shows.
usage: init_dialogue.py PATH_TO_ASSAY"""
import os, pty, select, shutil, signal, subprocess, sys, tempfile, termios, time

assay = os.path.abspath(sys.argv[1])
work = tempfile.mkdtemp()
failures = []
PASSWORD = "teal lamp seven rivers"


class Terminal:
    def __init__(self, *arguments):
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.execv(assay, [assay, *arguments])
        self.shown = ""

    def read(self, until, seconds=30):
        """Reads until the text appears after what was read before."""
        start, end = len(self.shown), time.time() + seconds
        while until not in self.shown[start:]:
            ready, _, _ = select.select([self.descriptor], [], [], max(0, end - time.time()))
            try:
                piece = os.read(self.descriptor, 4096) if ready else b""
            except OSError:
                piece = b""
            if not piece:
                failures.append(f"expected to read {until!r}, got {self.shown[start:]!r}")
                return False
            self.shown += piece.decode()
        return True

    def answer(self, question, text):
        if self.read(question):
            os.write(self.descriptor, text.encode() + b"\n")

    def finish(self):
        while True:
            try:
                piece = os.read(self.descriptor, 4096)
            except OSError:
                break
            if not piece:
                break
            self.shown += piece.decode()
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)


def check(what, holds):
    if not holds:
        failures.append(what)


def run(*arguments, **options):
    return subprocess.run([assay, *arguments], capture_output=True, text=True, timeout=120, **options)


# Everything is asked; what does not fit is asked again.
data = os.path.join(work, "asked")
terminal = Terminal("init", "--data", data)
terminal.answer("example organisation", "perhaps")
terminal.answer("answer y or n", "n")
terminal.answer("Name of the organisation", "Zebra & Söhne")
terminal.answer("Legal entities", "Zebra GmbH; Zebra Ltd")
terminal.answer("Sector", "software")
terminal.answer("E-mail", "nonsense")
terminal.answer("E-mail", "anna@example.org")
terminal.answer("Name of the administrator", "Anna Keller")
terminal.answer("Password", "short")
terminal.answer("Password", PASSWORD)
terminal.answer("once more", "something else entirely")
terminal.answer("Password", PASSWORD)
terminal.answer("once more", PASSWORD)
check("the dialogue ends well: " + terminal.shown, terminal.finish() == 0)
check("no password is shown", PASSWORD not in terminal.shown and "short" not in terminal.shown.replace("shortened", ""))
users = run("user", "list", "--data", data).stdout
check("the account is there: " + users, "anna@example.org" in users and "Anna Keller" in users and "Administrator" in users)
organisation = run("export", "--data", data, "--format", "csv", "--register", "organisation", "-o", "-").stdout
check("the organisation is there: " + organisation, "Zebra & Söhne" in organisation and "Zebra GmbH; Zebra Ltd" in organisation and "software" in organisation)

# The example needs no name; without an e-mail the server asks later.
data = os.path.join(work, "example")
terminal = Terminal("init", "--data", data)
terminal.answer("example organisation", "y")
terminal.answer("E-mail", "")
check("the example is loaded: " + terminal.shown, terminal.finish() == 0)
check("and has risks", "R-001" in run("export", "--data", data, "--format", "csv", "--register", "risk", "-o", "-").stdout)

# Whoever stops half way leaves nothing, and the terminal as it was.
for ending in ("end of input", "interrupt"):
    data = os.path.join(work, "stopped")
    terminal = Terminal("init", "--data", data)
    terminal.answer("example organisation", "n")
    terminal.answer("Name of the organisation", "X")
    terminal.answer("Legal entities", "")
    terminal.answer("Sector", "")
    terminal.answer("E-mail", "anna@example.org")
    terminal.answer("Name of the administrator", "Anna")
    terminal.read("Password: ")
    time.sleep(0.3)
    echo = termios.tcgetattr(terminal.descriptor)[3] & termios.ECHO
    check("the echo is off while a password is typed", not echo)
    os.write(terminal.descriptor, b"\x04" if ending == "end of input" else b"\x03")
    code = terminal.finish()
    check(f"{ending} ends with {code}", code == (1 if ending == "end of input" else -signal.SIGINT))
    check("nothing was created by " + ending, not os.path.exists(os.path.join(data, "workspaces", "main.db")))

# Nobody is asked for what exists already, nor where a flag answers, nor without a terminal.
terminal = Terminal("init", "--data", os.path.join(work, "asked"))
check("an existing workspace is told at once", terminal.finish() == 1 and "already" in terminal.shown and "?" not in terminal.shown)
terminal = Terminal("init", "--data", os.path.join(work, "flags"), "--name", "Flags Ltd")
check("a flag answers for all: " + terminal.shown, terminal.finish() == 0 and "?" not in terminal.shown)
terminal = Terminal("init", "--data", os.path.join(work, "empty"), "--empty")
check("--empty asks nothing: " + terminal.shown, terminal.finish() == 0)
script = run("init", "--data", os.path.join(work, "script"), stdin=subprocess.DEVNULL)
check("a script is asked nothing: " + script.stderr, script.returncode == 0)
both = run("init", "--data", os.path.join(work, "both"), "--example", "--empty")
check("--example and --empty do not go together", both.returncode == 1 and "--empty" in both.stderr)
named = run("init", "--data", os.path.join(work, "named"), "--name", "N", "--sector", "health care", "--legal-entities", "N GmbH", "--admin-email", "eva@example.org",
            "--admin-name", "Eva Müller", "--admin-password-file", "-", input=PASSWORD + "\n")
check("flags say everything: " + named.stderr, named.returncode == 0 and "Eva Müller" in run("user", "list", "--data", os.path.join(work, "named")).stdout)

shutil.rmtree(work)
for failure in failures:
    print("FAILED:", failure)
print("init dialogue:", "failed" if failures else "passed")
sys.exit(1 if failures else 0)
