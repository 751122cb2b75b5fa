"""Who may say yes to giving money up or paying it back."""
