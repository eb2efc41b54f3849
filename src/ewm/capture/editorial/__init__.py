"""What an edition tells beside the figures: stories, texts, macro values, notes of interviews."""
