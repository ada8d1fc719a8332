"""A scene as a film: moments in the page's tempo, each of them drawn, and the files that hold them."""
