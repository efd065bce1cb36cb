"""What script/faults does: processes that are harmed, clients that keep their own account, and the sets compared."""
