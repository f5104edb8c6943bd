# Reference values for federated averaging with one full step a round: plain gradient descent on the pooled rows.
#   LC_ALL=C Rscript fedavg.R        writes fedavg.json beside itself

source("json.R")
data <- list()
for (name in c("mtcars", "warpbreaks", "made", "mixed"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")

case <- function(data, family, formula, rounds, rate, mu = 0, standardise = TRUE, weights = NULL)
  list(data = data, family = family, formula = formula, rounds = rounds, learningRate = rate, mu = mu, standardise = standardise, weights = weights)
cases <- list(
  case("wdbc", "binomial", "malignant ~ mean_radius + mean_texture + mean_smoothness", 30, 0.5),
  case("wdbc", "binomial", "malignant ~ mean_smoothness + mean_concavity", 12, 2, standardise = FALSE),
  case("mtcars", "gaussian", "mpg ~ wt + hp + factor(cyl)", 40, 0.3),
  case("warpbreaks", "poisson", "breaks ~ wool + tension", 25, 0.02),
  case("made", "poisson", "events ~ x + arm + offset(log(years))", 20, 0.05, weights = "trials"),
  case("mixed", "binomial", "outcome ~ x * arm + huge", 15, 1, mu = 0.7, weights = "w"))

result <- function(case) {
  frame <- data[[case$data]]
  frame <- frame[complete.cases(frame[c(all.vars(as.formula(case$formula)), case$weights)]), , drop = FALSE]
  mf <- model.frame(as.formula(case$formula), frame); X <- model.matrix(as.formula(case$formula), mf)
  y <- model.response(mf); if (is.character(y)) y <- as.integer(y == sort(unique(y))[2])
  off <- model.offset(mf); if (is.null(off)) off <- 0
  w <- if (is.null(case$weights)) rep(1, length(y)) else frame[[case$weights]]
  v <- w / sum(w); m <- colSums(v * X); s <- sqrt(colSums(v * sweep(X, 2, m)^2))
  m[1] <- 0; s[1] <- 1
  if (!case$standardise) { m[] <- 0; s[] <- 1 }
  Z <- sweep(sweep(X, 2, m), 2, s, "/")
  inverse <- switch(case$family, gaussian = identity, binomial = plogis, poisson = exp)
  b <- rep(0, ncol(Z))
  # The proximal term is zero where a round has one step.
  for (i in seq_len(case$rounds)) b <- b + case$learningRate * drop(crossprod(Z, v * (y - inverse(drop(Z %*% b) + off))))
  b <- b / s; b[1] <- b[1] - sum((b * m)[-1])
  arguments <- case[c("formula", "family", "rounds", "learningRate", "mu", "standardise")]; arguments$tolerance <- 0
  if (!is.null(case$weights)) arguments$weights <- case$weights
  sprintf('{"algorithm": "fedavg", "data": "%s", "arguments": %s, "expected": {"rows": %d, "rounds": %d, "converged": false, "coefficients": %s}}',
    case$data, json(arguments), nrow(frame), case$rounds, json(setNames(b, colnames(X))))
}

lines <- sapply(cases, result)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "fedavg.json")
