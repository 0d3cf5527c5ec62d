"""Articles: `extract.extract` makes the draft, `article.page` the text of a page. Nothing here touches the network."""
