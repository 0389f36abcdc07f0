"""Print workbooks with LibreOffice and look for cells that went wrong.

Usage: ``/usr/bin/python3 print_workbooks.py FOLDER BOOK.xlsx ...``. Exit code 1 and a line for each thing
that is wrong.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

#: What a program prints for a formula that failed, and for a number that its column is too narrow for.
WRONG = re.compile(r"#NAME\?|#REF!|#VALUE!|#DIV/0!|#N/A|Err:\d{3}|#{3,}")


def printed(book: Path, folder: Path, profile: Path) -> Path | None:
    """The workbook as PDF; ``None`` where LibreOffice fails."""
    command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(book)]
    target = folder / f"{book.stem}.pdf"
    target.unlink(missing_ok=True)
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode or not target.is_file():
        print(done.stdout + done.stderr, file=sys.stderr)
        return None
    return target


def pages(pdf: Path) -> list[str]:
    """Text of each page."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def first_pages(texts: list[str]) -> list[int]:
    """Numbers of the first page of each sheet, known by the title at the end of its first line."""
    seen: dict[str, int] = {}
    for number, text in enumerate(texts, start=1):
        first = next((line for line in text.splitlines() if line.strip()), "")
        seen.setdefault(first.split()[-1] if first.split() else "", number)
    return sorted(seen.values())


def main(folder: Path, books: list[Path]) -> int:
    """Print each book; a picture of the first page of each sheet, and of its second where there is one."""
    wrong = []
    with tempfile.TemporaryDirectory() as profile:
        for book in books:
            pdf = printed(book, folder, Path(profile))
            if pdf is None:
                wrong.append(f"{book.name}: LibreOffice cannot print it")
                continue
            texts = pages(pdf)
            for number, text in enumerate(texts, start=1):
                wrong += [
                    f"{book.name}: {each} on page {number}" for each in sorted(set(WRONG.findall(text)))
                ]
            shown = first_pages(texts)
            for number in shown:
                picture = str(folder / f"{book.stem}_{number:04}")
                command = ["pdftoppm", "-png", "-r", "70", "-f", str(number), "-singlefile"]
                subprocess.run([*command, str(pdf), picture], check=True)
            print(f"{book.name}: {len(texts)} pages, {len(shown)} sheets")
    for each in wrong:
        print(each, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(each) for each in sys.argv[2:]]))
