# Reference values for two-stage meta-analysis: each site's own lm, glm or glm.nb, put together by metafor's rma.
#   LC_ALL=C Rscript meta.R          writes meta.json beside itself
# (Debian's r-cran-metafor and r-cran-mass.) Row i of a data set is at site (i - 1) mod n.

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
fit <- function(case, frame, site) {
  frame$.w <- if (is.null(case$weights)) rep(1, nrow(frame)) else frame[[case$weights]]
  frame <- frame[(seq_len(nrow(frame)) - 1) %% case$sites == site, ]
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
  sprintf('{"data": "%s", "sites": %d, "arguments": %s, "expected": {"terms": %s}, "scales": {"terms": %s}}',
    case$data, case$sites, json(arguments), json(terms), json(scales))
}

lines <- sapply(cases, result)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "meta.json")
