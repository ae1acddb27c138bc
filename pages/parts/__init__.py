"""What the pages share: the view and its link, the map, the panel, the words."""
