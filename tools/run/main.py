"""The commands of ./run."""

from tools.run import places
from tools.run.checks import check
from tools.run.demo import demo, stop
from tools.run.manage import manage
from tools.run.say import Trouble, say
from tools.run.testing import test

HELP = """./run demo [--fresh] [--port N]   install, load a made-up clinic and serve it on this machine
./run test [pytest's words]       the whole suite, or: ./run test tests/people -n 0 -k invite
./run check                       style, types, import contracts, templates, migrations, deployment
./run manage COMMAND …            any manage.py command, with the database started for it
./run stop                        stop what ./run started, and nothing else"""


def main(words: list[str]) -> int:
    """Run one command; trouble is said in one sentence and gives exit status 1."""
    commands = {"demo": demo, "test": test, "check": check, "manage": manage, "stop": stop}
    if not words or words[0] not in commands:
        say(HELP)
        return 0 if words in (["help"], ["--help"], ["-h"]) else 2
    try:
        places.make_state()
        return commands[words[0]](words[1:])
    except Trouble as trouble:
        say(f"run: {trouble}")
    except OSError as error:
        say(f"run: {places.explain(error)}")
    except KeyboardInterrupt:
        say()
        return 130
    return 1
