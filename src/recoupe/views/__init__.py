"""What people see: a reading, a brief, an explanation; in a terminal, as Markdown, as a web page.

A view is made in two steps: a plain dataclass that says what is shown, then one renderer a medium, which decides nothing.
"""
