// Nothing: its page does what a test asks for.
