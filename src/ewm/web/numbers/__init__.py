"""Numbers of the indicators on pages: computed by the engine from the sheets, on the records now or on a snapshot."""
