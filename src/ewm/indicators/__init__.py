"""The engine: methodology sheets in, results out. It knows no cluster, no indicator and no German label."""
