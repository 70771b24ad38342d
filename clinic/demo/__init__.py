"""The demo clinic: made-up people, told through the project's own actions and forms, and so also a test of them.

`stories/` and `house.py` say what happened, as pure data; `tell.py` lets it happen.
"""
