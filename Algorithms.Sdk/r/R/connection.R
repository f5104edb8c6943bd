# Who asks: a profile of the vantage command's home.

vantage_connect <- function(profile = NULL, home = NULL, command = NULL) {
  conn <- structure(list(profile = profile, home = home, command = find_command(command)), class = "vantage_connection")
  conn$about <- run_command(conn, c("profile", "show"))
  conn
}

print.vantage_connection <- function(x, ...) {
  cat("Vantage at ", x$about$url, " as ", x$about$user, "\n", sep = "")
  invisible(x)
}
