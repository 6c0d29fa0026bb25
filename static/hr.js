// The console's enhancements: nothing here is needed, everything works without it.
