"""What a page or a document says: figures' data, tables, sentences, notes, provenance; no layout."""
