"""The only SQL: sessions, and one query module per noun. Every query takes client_id."""
