# Reference values for tables of counts, from R's own table, chisq.test and fisher.test on the pooled data.
#   LC_ALL=C Rscript tables.R        writes tables.json beside itself
# fisher.test finds odds ratios to four digits only: here its equations are solved to rounding.

source("json.R")

data <- list()
for (name in c("mixed", "mtcars", "warpbreaks", "lung"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)

case <- function(data, rows, columns = NULL, layers = NULL, includeMissing = FALSE)
  list(data = data, rows = rows, columns = columns, layers = layers, includeMissing = includeMissing)

cases <- list(
  case("mtcars", "cyl"),
  case("mtcars", "cyl", "gear"),
  case("mtcars", "am", "vs"),
  case("mtcars", "cyl", "gear", "am"),
  case("warpbreaks", "wool", "tension"),
  case("lung", "sex", "status"),
  case("lung", "ph.ecog", "sex"),
  case("lung", "ph.ecog", "sex", includeMissing = TRUE),
  case("mixed", "group", includeMissing = TRUE),
  case("mixed", "group", "arm"),
  case("mixed", "group", "arm", "ward"),
  case("mixed", "outcome", "arm"),
  case("mixed", "group", "outcome", "ward", TRUE),
  case("mixed", "rare", "outcome"),
  case("mixed", "ward", "trials"),
  case("mixed", "arm", "ward", "flat"))

fisher <- function(x) {
  m <- sum(x[, 1]); n <- sum(x[, 2]); k <- sum(x[1, ]); x <- x[1, 1]
  support <- max(0, k - n):min(k, m)
  logs <- dhyper(support, m, n, k, log = TRUE)
  density <- function(t) { d <- logs + t * support; d <- exp(d - max(d)); d / sum(d) }
  root <- function(f) exp(uniroot(f, c(-1, 1), extendInt = "upX", tol = 1e-15)$root)
  odds <- if (x == min(support)) 0 else if (x == max(support)) NA else root(function(t) sum(support * density(t)) - x)
  low <- if (x == min(support)) 0 else root(function(t) sum(density(t)[support >= x]) - 0.025)
  high <- if (x == max(support)) NA else root(function(t) 0.025 - sum(density(t)[support <= x]))
  list(oddsRatio = odds, low = low, high = high)
}

two_way <- function(t) {
  out <- list(counts = unclass(unname(as.matrix(t))))
  if (length(dim(t)) < 2 || any(dim(t) < 2) || any(rowSums(t) == 0) || any(colSums(t) == 0)) return(out)
  test <- suppressWarnings(chisq.test(t, correct = FALSE))
  out$statistic <- test$statistic[[1]]; out$df <- test$parameter[[1]]; out$pValue <- test$p.value
  out$expected <- unname(test$expected)
  if (all(dim(t) == 2)) {
    yates <- suppressWarnings(chisq.test(t))
    out$yates <- yates$statistic[[1]]; out$yatesP <- yates$p.value
    out$fisherP <- fisher.test(t)$p.value
    stopifnot(abs(fisher.test(t)$estimate / fisher(t)$oddsRatio - 1) < 1e-3)
    out <- c(out, fisher(t))
  }
  out
}

result <- function(case) {
  frame <- data[[case$data]][, c(case$rows, case$columns, case$layers), drop = FALSE]
  t <- table(frame, useNA = if (case$includeMissing) "ifany" else "no")
  used <- if (case$includeMissing) nrow(frame) else sum(complete.cases(frame))
  # levels of rows that take no part are none
  for (d in seq_along(dim(t))) { keep <- apply(t, d, sum) > 0; t <- switch(length(dim(t)),
    t[keep], if (d == 1) t[keep, , drop = FALSE] else t[, keep, drop = FALSE],
    if (d == 1) t[keep, , , drop = FALSE] else if (d == 2) t[, keep, , drop = FALSE] else t[, , keep, drop = FALSE]) }
  s <- if (length(dim(t)) > 1) summary(t)
  out <- c(case, list(used = used, leftOut = nrow(frame) - used,
    levels = lapply(setNames(if (length(dim(t)) > 1) dimnames(t) else list(names(t)), names(frame)), I),
    table = two_way(if (length(dim(t)) == 3) apply(t, 1:2, sum) else t)))
  out["layers3"] <- list(if (length(dim(t)) == 3)
    lapply(setNames(seq_len(dim(t)[3]), seq_len(dim(t)[3])), function(i) two_way(t[, , i])))
  out["independence"] <- list(if (!is.null(s)) list(statistic = s$statistic, df = s$parameter, pValue = s$p.value))
  out
}

lines <- sapply(cases, function(case) json(result(case)))
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "tables.json")
