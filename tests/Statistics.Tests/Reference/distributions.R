# Tails and quantiles of the distributions that tests are held against.
#   Rscript distributions.R          writes distributions.json beside itself

source("json.R")
rows <- c(
  lapply(c(0, 1e-9, 0.3, 1.96, 5, 8.3, 20, 37), function(z) list(name = "normal", x = z, a = 0, b = 0, value = 2 * pnorm(-z))),
  unlist(lapply(c(1, 2, 5, 29.5, 147, 1e4, 1e6, 1e8), function(df) lapply(c(1e-9, 0.01, 0.7, 2.1, 6, 30, 1000),
    function(t) list(name = "student", x = t, a = df, b = 0, value = 2 * pt(-t, df)))), FALSE),
  unlist(lapply(c(1, 2, 7, 300), function(d1) unlist(lapply(c(1, 3, 147, 1e6), function(d2) lapply(c(0.001, 0.5, 1.3, 10, 120, 1e4),
    function(f) list(name = "fisher", x = f, a = d1, b = d2, value = pf(f, d1, d2, lower.tail = FALSE)))), FALSE)), FALSE),
  unlist(lapply(c(1, 2, 4, 31, 1000, 99999), function(df) lapply(c(1e-6, 0.5, 3.84, 18.03636364, 200, 1200, 101000),
    function(x) list(name = "chi-squared", x = x, a = df, b = 0, value = pchisq(x, df, lower.tail = FALSE)))), FALSE),
  lapply(c(0.5, 0.1, 0.05, 0.01, 1e-6, 0.99), function(p) list(name = "normal quantile", x = p, a = 0, b = 0, value = -qnorm(p / 2))),
  unlist(lapply(c(1, 2, 4, 29, 147, 1e4, 1e6), function(df) lapply(c(0.5, 0.1, 0.05, 0.01, 1e-6, 0.99),
    function(p) list(name = "student quantile", x = p, a = df, b = 0, value = -qt(p / 2, df)))), FALSE))
rows <- Filter(function(row) row$value == 0 || row$value > 1e-290, rows)
lines <- sapply(rows, json)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "distributions.json")
