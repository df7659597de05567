"""Whether the registries will do: what is to be seen to among the entities, on the roster, and on the list of matters."""
