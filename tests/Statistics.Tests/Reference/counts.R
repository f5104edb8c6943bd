# Reference values for generalised linear models of counts and of positive numbers, from R's glm and MASS's glm.nb on the
# pooled data, with a convergence tolerance of 1e-14: with R's default, standard errors are 1e-7 off.
#   LC_ALL=C Rscript counts.R        writes counts.json and the data sets of R that it uses beside itself
# The data come with R and its packages datasets and MASS (Debian's r-base-core and r-cran-mass).

library(MASS)
source("json.R")

write <- function(data, name) write.csv(data, paste0(name, ".csv"), row.names = FALSE, na = "")
write(InsectSprays, "insectsprays")
write(data.frame(quine), "quine")
write(transform(Insurance, Group = as.character(Group)), "insurance")
write(transform(ships, year = as.integer(as.character(year)), period = as.integer(as.character(period))), "ships")
write(airquality, "airquality")
write(esoph <- transform(datasets::esoph, agegp = as.character(agegp), alcgp = as.character(alcgp),
  tobgp = as.character(tobgp)), "esoph")
write(as.data.frame(discoveries <- data.frame(year = 1860:1959, n = as.integer(datasets::discoveries))), "discoveries")
write(epil[, c("y", "trt", "base", "age", "V4", "subject", "period")], "epil")
write(data.frame(u = c(5, 10, 15, 20, 30, 40, 60, 80, 100, 5, 10, 15, 20, 30, 40, 60, 80, 100),
  lot = rep(c("one", "two"), each = 9),
  time = c(118, 58, 42, 35, 27, 25, 21, 19, 18, 69, 35, 26, 21, 18, 16, 13, 12, 12)), "clotting")

# Made-up data with what real files have: missing cells, zeros, weights of zero, columns that differ by twelve orders of
# magnitude, a level that one site alone has, and a level without a single event.
set.seed(20260611)
n <- 260
made <- data.frame(x = round(rnorm(n), 5), tiny = round(2e-5 * rnorm(n), 9), huge = round(5e7 + 1e7 * rnorm(n)),
  arm = sample(c("placebo", "drug"), n, TRUE), ward = sample(c("A", "b", "C", "zz"), n, TRUE, c(.5, .3, .15, .05)),
  years = round(rexp(n, 0.2), 3) + 0.01, w = round(runif(n, 0, 3), 2), trials = sample(0:3, n, TRUE))
eta <- 0.2 + 0.4 * made$x + 3e4 * made$tiny + (made$huge - 5e7) / 3e7 - 0.5 * (made$arm == "placebo")
made$count <- rpois(n, exp(eta))
made$events <- rpois(n, made$years * exp(eta - 1))
made$over <- rnbinom(n, mu = exp(eta + 1), size = 1.7)
made$large <- rnbinom(n, mu = 4e5 * exp(eta), size = 40)
made$cost <- signif(rgamma(n, shape = 2.5, rate = 2.5 / (900 * exp(eta / 2))), 6)
made$small <- signif(rgamma(n, shape = 6, rate = 6 / (1e-6 * exp(eta / 3))), 6)
made$none <- ifelse(made$ward == "zz", 0, made$count)
for (column in c("x", "ward", "count", "w", "cost")) made[sample(n, 7), column] <- NA
made$none[is.na(made$count)] <- NA
# Nearly all of it zeros, with a theta far below 1.
set.seed(7)
made$sparse <- rnbinom(n, mu = 5, size = 0.06)
write(made, "made")

data <- list()
for (name in c("insectsprays", "quine", "insurance", "ships", "airquality", "esoph", "discoveries", "epil", "clotting", "made",
  "warpbreaks", "mtcars", "iris", "lung"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)

case <- function(algorithm, data, formula, weights = NULL, reference = NULL, level = 0.95, link = NULL)
  list(algorithm = algorithm, data = data, formula = formula, weights = weights, reference = reference, level = level, link = link)
poisson_ <- function(...) case("poisson", ...)
inverse <- function(...) case("gamma", ..., link = "inverse")
log_ <- function(...) case("gamma", ..., link = "log")
negbin <- function(...) case("negbin", ...)

cases <- list(
  poisson_("warpbreaks", "breaks ~ wool + tension"),
  poisson_("warpbreaks", "breaks ~ wool * tension", reference = list(tension = "M")),
  poisson_("insectsprays", "count ~ spray"),
  poisson_("insectsprays", "count ~ spray - 1", level = 0.99),
  poisson_("quine", "Days ~ Eth * Sex + Age + Lrn"),
  poisson_("insurance", "Claims ~ factor(District) + Group + Age + offset(log(Holders))"),
  poisson_("insurance", "Claims ~ 0 + Group + offset(log(Holders))"),
  poisson_("insurance", "Claims ~ 1 + offset(log(Holders))"),
  poisson_("insurance", "Claims ~ Age", weights = "Holders"),
  poisson_("esoph", "ncases ~ agegp + alcgp + offset(log(ncontrols + 1))"),
  poisson_("discoveries", "n ~ year + I(year^2)"),
  poisson_("discoveries", "n ~ 1"),
  poisson_("epil", "y ~ log(base) * trt + log(age) + V4"),
  poisson_("epil", "y ~ base + age + factor(period)", weights = "V4"),
  poisson_("mtcars", "carb ~ wt + hp + I(2 * hp)"),
  poisson_("made", "count ~ x * arm + tiny + huge"),
  poisson_("made", "count ~ x + ward", weights = "w"),
  poisson_("made", "count ~ x + ward", weights = "trials"),
  poisson_("made", "events ~ x + arm + huge + tiny + offset(log(years))"),
  poisson_("made", "events ~ 0 + x + offset(log(years))"),
  poisson_("made", "large ~ x + arm + ward + tiny + huge"),
  poisson_("made", "large ~ x + offset(log(huge))", weights = "w"),
  inverse("clotting", "time ~ lot * log(u)"),
  inverse("clotting", "time ~ log(u)", level = 0.9),
  log_("clotting", "time ~ lot * log(u)"),
  inverse("airquality", "Ozone ~ Temp + Wind + Solar.R"),
  log_("airquality", "Ozone ~ Temp + Wind + Solar.R + factor(Month)"),
  log_("airquality", "Ozone ~ Temp + offset(Wind / 50)", weights = "Month"),
  log_("mtcars", "mpg ~ wt * hp"),
  inverse("mtcars", "mpg ~ wt + hp"),
  inverse("mtcars", "disp ~ factor(cyl) - 1"),
  inverse("iris", "Sepal.Length ~ Species + Petal.Width"),
  log_("lung", "time ~ age + factor(sex) + ph.ecog"),
  inverse("lung", "time ~ age + factor(sex)"),
  log_("quine", "I(Days + 1) ~ Eth + Age", weights = "Days"),
  log_("made", "cost ~ x * arm + huge + tiny"),
  log_("made", "cost ~ x + ward + offset(log(years))", weights = "w"),
  inverse("made", "cost ~ arm", weights = "w"),
  inverse("made", "small ~ arm + x"),
  log_("made", "small ~ x + tiny + huge"),
  negbin("quine", "Days ~ Eth + Sex + Age + Lrn"),
  negbin("quine", "Days ~ Eth * Sex * Age + Lrn"),
  negbin("warpbreaks", "breaks ~ wool * tension"),
  negbin("insectsprays", "count ~ spray"),
  negbin("epil", "y ~ log(base) + trt + log(age)"),
  negbin("epil", "y ~ trt + offset(log(base))", level = 0.9),
  negbin("discoveries", "n ~ year + I(year^2)"),
  negbin("ships", "incidents ~ type + factor(year)"),
  negbin("ships", "incidents ~ type + offset(log(service + 1))"),
  negbin("made", "over ~ x + arm + tiny + huge"),
  negbin("made", "over ~ x + ward", weights = "trials"),
  negbin("made", "over ~ x * ward + offset(log(years))", weights = "w"),
  negbin("made", "large ~ x + tiny + huge + arm"),
  negbin("made", "sparse ~ x"))

frame <- function(case) {
  frame <- data[[case$data]]
  used <- c(all.vars(as.formula(case$formula)), case$weights)
  frame <- frame[complete.cases(frame[used]), , drop = FALSE]
  for (column in names(frame)) if (is.character(frame[[column]])) {
    levels <- sort(unique(frame[[column]]))
    if (!is.null(case$reference[[column]])) levels <- c(case$reference[[column]], setdiff(levels, case$reference[[column]]))
    frame[[column]] <- factor(frame[[column]], levels)
  }
  frame$.weights <- if (is.null(case$weights)) rep(1, nrow(frame)) else frame[[case$weights]]
  frame
}

# glm looks for collinear columns with a thousandth of epsilon: with 1e-14 it takes rounding for information. So they are
# left out first, as found with the default.
control <- function(maxit = 200) glm.control(epsilon = 1e-14, maxit = maxit)
exact <- function(case, frame, formula) {
  family <- if (case$algorithm == "poisson") poisson() else Gamma(case$link)
  first <- suppressWarnings(glm(formula, family, frame, weights = .weights, control = list(maxit = 200)))
  X <- model.matrix(first); keep <- !is.na(coef(first))
  intercept <- attr(terms(first), "intercept") > 0
  again <- suppressWarnings(glm.fit(X[, keep, drop = FALSE], first$y, first$prior.weights, family = family,
    offset = first$offset, control = control(), intercept = intercept))
  class(again) <- c("glm", "lm")
  if (length(first$offset) && intercept)
    again$null.deviance <- suppressWarnings(glm.fit(X[, 1, drop = FALSE], first$y, first$prior.weights, family = family,
      offset = first$offset, control = control()))$deviance
  again$all <- names(coef(first))
  again
}

result <- function(case) {
  frame <- frame(case)
  formula <- as.formula(case$formula)
  if (case$algorithm == "negbin") {
    # glm.nb stops once theta stands still. In these examples the coefficients then lack up to 6e-12 standard errors (with R's
    # default tolerance 5e-7) of those that belong to its theta. So it goes on from where it stopped.
    model <- suppressWarnings(glm.nb(formula, frame, weights = .weights, control = control()))
    for (i in 1:8) model <- suppressWarnings(glm.nb(formula, frame, weights = .weights, control = control(),
      init.theta = model$theta, start = coef(model)))
    model$all <- names(coef(model)); stopifnot(!anyNA(coef(model)))
  } else model <- exact(case, frame, formula)
  s <- summary(model)
  names <- model$all
  table <- matrix(NA, length(names), 4, dimnames = list(names, NULL))
  table[rownames(s$coefficients), ] <- s$coefficients
  V <- matrix(NA, length(names), length(names), dimnames = list(names, names))
  known <- rownames(s$coefficients)
  V[known, known] <- s$cov.scaled
  a <- (1 - case$level) / 2
  q <- if (case$algorithm == "gamma") -qt(a, model$df.residual) else -qnorm(a)
  l <- logLik(model)
  out <- list(algorithm = case$algorithm, link = case$link, data = case$data, formula = case$formula, weights = case$weights,
    reference = case$reference, confidenceLevel = case$level, names = I(names), rows = nrow(frame),
    leftOut = nrow(data[[case$data]]) - nrow(frame), collinear = I(setdiff(names, known)),
    coefficients = I(unname(table[, 1])), standardErrors = I(unname(table[, 2])), statistics = I(unname(table[, 3])),
    pValues = I(unname(table[, 4])), lower = I(unname(table[, 1] - q * table[, 2])), upper = I(unname(table[, 1] + q * table[, 2])),
    covariance = unname(V), degreesOfFreedom = model$df.residual, dispersion = s$dispersion, deviance = deviance(model),
    nullDeviance = if (is.finite(model$null.deviance)) model$null.deviance, logLikelihood = as.numeric(l), aic = AIC(model),
    bic = BIC(model))
  if (case$algorithm == "negbin") {
    out$theta <- model$theta; out$thetaStandardError <- model$SE.theta; out$twoLogLikelihood <- model$twologlik
  }
  out
}

lines <- sapply(cases, function(case) tryCatch(json(result(case)), error = function(e) stop(case$data, ": ", case$formula, ": ", e)))
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "counts.json")
