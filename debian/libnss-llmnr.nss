# The administrator puts it in.
hosts remove-only llmnr
