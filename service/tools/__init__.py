"""The service as tools for assistants: what each takes and gives, and the MCP server of them."""
