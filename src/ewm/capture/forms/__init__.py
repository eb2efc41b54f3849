"""What every form of capture is made of: fields that read German input, and how they are shown."""
