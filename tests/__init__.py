"""The tests mirror src/ewm; tests.support holds what several of them build on."""
