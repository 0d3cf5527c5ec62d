"""Reading an article: `reader.read` makes the draft, `page` the text of a page. Nothing here touches the network."""
