"""What a page or a document says: data, tables, sentences, notes, provenance; no layout."""
