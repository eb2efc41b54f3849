"""A second click on a button that sends a form is not sent; the next one after a while is, and a search always."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.web.look.test_readers import SCRIPTS

SCRIPT = """
const { guards } = await import(process.argv[1])
const heard = {}
globalThis.window = { addEventListener () {} }
guards({ addEventListener: (name, what) => { heard[name] = what } })
const forms = { post: { method: 'post' }, other: { method: 'post' }, get: { method: 'get' } }
const sent = JSON.parse(process.argv[2]).map(([form, timeStamp]) => {
  let kept = true
  heard.submit({ target: forms[form], timeStamp, defaultPrevented: false, preventDefault: () => { kept = false } })
  return kept
})
console.log(JSON.stringify(sent))
"""


def test_the_second_click_of_two_is_not_sent() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    clicks = [
        ("post", 100, True), ("post", 350, False), ("other", 400, True), ("post", 2099, False), ("post", 2100, True),
        ("get", 2200, True), ("get", 2210, True),
    ]  # fmt: skip
    given = json.dumps([(form, moment) for form, moment, _ in clicks])
    done = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "-e", SCRIPT, str(SCRIPTS / "guard.js"), given],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [kept for _, _, kept in clicks]
