# Reference values for two-stage meta-analysis: each site's own lm, glm or glm.nb, put together by metafor's rma.
#   LC_ALL=C Rscript meta.R          writes meta.json and metaspreads.json beside itself
# (Debian's r-cran-metafor and r-cran-mass.) In meta.json row i of a data set is at site (i - 1) mod n; metaspreads.json has an
# answer for each of the ways of Sites.cs to spread rows, since an answer from sites' own models depends on it.

suppressMessages({ library(metafor); library(MASS) })
source("json.R")
data <- list()
for (name in c("mtcars", "warpbreaks", "made", "quine", "iris", "diabetes"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")

case <- function(data, sites, family, formula, weights = NULL, link = NULL, level = 0.95)
  list(data = data, sites = sites, family = family, formula = formula, weights = weights, link = link, level = level)
cases <- list(
  case("mtcars", 3, "gaussian", "mpg ~ wt"),
  case("mtcars", 1, "gaussian", "mpg ~ wt + hp"),
  case("diabetes", 7, "gaussian", "progression ~ bmi + bp + s5", level = 0.9),
  case("iris", 3, "gaussian", "Sepal.Length ~ Species + Petal.Width"),
  case("wdbc", 7, "binomial", "malignant ~ mean_texture + mean_smoothness"),
  case("wdbc", 3, "binomial", "malignant ~ mean_radius + mean_texture"),
  case("warpbreaks", 3, "poisson", "breaks ~ wool + tension"),
  case("made", 7, "poisson", "events ~ x + offset(log(years))"),
  case("quine", 3, "negbin", "Days ~ Eth + Sex"),
  case("made", 3, "gamma", "cost ~ x + arm", link = "log", weights = "w"))

control <- glm.control(epsilon = 1e-14, maxit = 100)
# Sites.cs draws uneven sites from .NET's seeded Random: Knuth's subtractive generator.
draws <- function(seed, count) {
  most <- 2147483647; state <- numeric(55)
  j <- 161803398 - seed; k <- 1; state[55] <- j
  for (i in 1:54) { at <- (21 * i) %% 55; state[at] <- k; k <- j - k; if (k < 0) k <- k + most; j <- state[at] }
  for (round in 1:4) for (i in 1:55) {
    n <- i + 30; if (n >= 55) n <- n - 55
    state[i] <- state[i] - state[1 + n]; if (state[i] < -2147483648) state[i] <- state[i] + 2^32; if (state[i] < 0) state[i] <- state[i] + most
  }
  a <- 0; b <- 21
  vapply(seq_len(count), function(i) {
    a <<- if (a >= 55) 1 else a + 1; b <<- if (b >= 55) 1 else b + 1
    a <<- if (a > 55) 1 else a; b <<- if (b > 55) 1 else b
    x <- state[a] - state[b]; if (x == most) x <- x - 1; if (x < 0) x <- x + most
    state[a] <<- x; x / most
  }, 0)
}
site_of <- function(frame, split, count) {
  i <- seq_len(nrow(frame)) - 1
  switch(split, dealt = i %% count, blocks = floor(i * count / nrow(frame)), uneven = floor(draws(7, nrow(frame))^3 * count), without = {
    lines <- strsplit(readLines(attr(frame, "path"))[-1], ",", fixed = TRUE)
    cells <- do.call(rbind, lapply(lines, function(l) l[seq_along(frame)]))
    kinds <- apply(cells, 2, function(c) length(unique(c))); column <- which(kinds == min(kinds[kinds > 1]))[1]
    ifelse(i %% count == 0 & cells[, column] == cells[1, column], 1 + (floor(i / count) %% (count - 1)), i %% count)
  })
}
fit <- function(case, frame, site) {
  frame$.w <- if (is.null(case$weights)) rep(1, nrow(frame)) else frame[[case$weights]]
  frame <- frame[site_of(frame, if (is.null(case$split)) "dealt" else case$split, case$sites) == site, ]
  # Its own rows do not tell the model.
  if (case$family == "binomial" && length(unique(frame[[all.vars(as.formula(case$formula))[1]]])) < 2) return(NULL)
  formula <- as.formula(case$formula)
  model <- switch(case$family, gaussian = lm(formula, frame, weights = .w), binomial = glm(formula, binomial, frame, weights = .w, control = control),
    poisson = glm(formula, poisson, frame, weights = .w, control = control),
    gamma = glm(formula, Gamma(case$link), frame, weights = .w, control = control), negbin = glm.nb(formula, frame, control = control))
  summary(model)$coefficients[, 1:2]
}

pooled <- function(r, fixed = FALSE) {
  p <- predict(r)
  c(list(estimate = r$beta[[1]], standardError = r$se, statistic = r$zval, pValue = r$pval, confidenceInterval = I(c(r$ci.lb, r$ci.ub)),
    tau2 = r$tau2), if (!fixed && r$k > 1) list(tau2StandardError = r$se.tau2, i2 = r$I2, predictionInterval = I(c(p$pi.lb, p$pi.ub))))
}

result <- function(case) {
  tables <- lapply(seq_len(case$sites) - 1, function(s) suppressWarnings(fit(case, data[[case$data]], s)))
  tables <- Filter(Negate(is.null), tables)
  names <- rownames(tables[[1]])
  terms <- lapply(setNames(names, names), function(name) {
    y <- sapply(tables, function(t) t[name, 1]); v <- sapply(tables, function(t) t[name, 2])^2
    # As exact as rounding lets its search become.
    rma_ <- function(method) for (threshold in mean(v) * 10^(-16:-10)) {
      found <- try(rma(y, v, method = method, level = 100 * case$level, control = list(threshold = threshold, maxiter = 1000)), silent = TRUE)
      if (!inherits(found, "try-error")) return(found)
    }
    reml <- rma_("REML"); if (reml$tau2 < 1e-12 * mean(v)) reml <- rma(y, v, method = "REML", tau2 = 0, level = 100 * case$level)
    fe <- rma_("FE")
    list(sites = length(y), heterogeneity = c(list(q = fe$QE, degreesOfFreedom = length(y) - 1),
      if (length(y) > 1) list(pValue = fe$QEp, i2 = fe$I2)), fixed = pooled(fe, TRUE), derSimonianLaird = pooled(rma_("DL")), reml = {
        out <- pooled(reml); if (isTRUE(reml$tau2 == 0)) out$tau2StandardError <- out$i2 <- NULL; out })
  })
  arguments <- case[c("formula", "family")]; arguments$confidenceLevel <- case$level
  if (!is.null(case$weights)) arguments$weights <- case$weights
  if (!is.null(case$link)) arguments$link <- case$link
  scales <- lapply(terms, function(t) { s <- list(estimate = t$fixed$standardError, statistic = 1, confidenceInterval = I(rep(t$fixed$standardError, 2)),
    tau2 = t$fixed$standardError^2, tau2StandardError = t$fixed$standardError^2, i2 = 100, predictionInterval = I(rep(t$fixed$standardError, 2)))
    list(heterogeneity = list(q = 1, i2 = 100), fixed = s, derSimonianLaird = s, reml = s) })
  sprintf('{"algorithm": "meta", "data": "%s", %s, "arguments": %s, "expected": {"terms": %s}, "scales": {"terms": %s}}',
    case$data, if (is.null(case$split)) sprintf('"sites": %d', case$sites) else sprintf('"spread": "%s %d"', case$split, case$sites),
    json(arguments), json(terms), json(scales))
}

lines <- sapply(cases, result)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "meta.json")

attr(data$diabetes, "path") <- "diabetes.csv"; attr(data$made, "path") <- "made.csv"
attr(data$wdbc, "path") <- "../../../Samples/Quickstart/wdbc.csv"
questions <- list(
  case("diabetes", 1, "gaussian", "progression ~ bmi + bp + s5"),
  case("wdbc", 1, "binomial", "malignant ~ mean_texture"),
  case("made", 1, "poisson", "events ~ x + offset(log(years))"))
spreads <- c(list(list("dealt", 1)), do.call(c, lapply(c("dealt", "blocks", "uneven", "without"), function(s) list(list(s, 3), list(s, 7)))))
lines <- unlist(lapply(questions, function(q) lapply(spreads, function(s) { q$split <- s[[1]]; q$sites <- s[[2]]; result(q) })))
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "metaspreads.json")
