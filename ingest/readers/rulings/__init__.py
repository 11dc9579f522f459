"""Court rulings: slip opinions and reported opinions, cleaned of their print."""
