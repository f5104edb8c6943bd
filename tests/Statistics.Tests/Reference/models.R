# Reference values for linear and logistic models, from R's own lm and glm on the pooled data.
#   LC_ALL=C Rscript models.R        writes mixed.csv and models.json beside itself
# Logistic models are fitted with a convergence tolerance of 1e-14: with R's default, standard errors are 1e-7 off.

source("json.R")

# Made-up data with what real files have: missing cells, odd names, categories of unequal size, columns that differ by nine
# orders of magnitude, columns that others determine.
set.seed(20250301)
n <- 240
x <- rnorm(n)
mixed <- data.frame(
  x = round(x, 6),
  tiny = round(0.002 + 0.0003 * rnorm(n), 9),
  huge = round(3e6 + 4e5 * rnorm(n)),
  count = rpois(n, 4) + 1,
  group = sample(c("b", "a", "C", "d e"), n, TRUE, c(0.5, 0.3, 0.15, 0.05)),
  arm = sample(c("placebo", "drug"), n, TRUE),
  ward = sample(c(1, 2, 10), n, TRUE),
  w = round(runif(n, 0.2, 3), 3),
  trials = sample(0:4, n, TRUE),
  check.names = FALSE)
mixed[["blood pressure"]] <- round(120 + 15 * rnorm(n), 1)
mixed$double <- 2 * mixed$x - 1
mixed$flat <- 7
eta <- -0.4 + 0.8 * mixed$x + 900 * (mixed$tiny - 0.002) + (mixed$huge - 3e6) / 6e5 + 0.7 * (mixed$group == "a") -
  0.5 * (mixed$arm == "drug") * mixed$x
mixed$y <- as.integer(runif(n) < plogis(eta))
mixed$outcome <- ifelse(mixed$y == 1, "yes", "no")
mixed$z <- round(3 + eta + rnorm(n), 5)
mixed$rare <- ifelse(mixed$y == 1 & runif(n) < 0.2, "only in yes", ifelse(runif(n) < 0.5, "u", "v"))
for (column in c("x", "group", "huge", "w", "y", "z")) mixed[sample(n, 9), column] <- NA
mixed$outcome[is.na(mixed$y)] <- NA
write.csv(mixed, "mixed.csv", row.names = FALSE, na = "")

data <- list()
for (name in c("mixed", "mtcars", "warpbreaks", "iris", "lung", "diabetes"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")

case <- function(data, family, formula, weights = NULL, reference = NULL, level = 0.95)
  list(data = data, family = family, formula = formula, weights = weights, reference = reference, level = level)
linear <- function(...) case(family = "gaussian", ...)
logistic <- function(...) case(family = "binomial", ...)

cases <- list(
  linear("mtcars", "mpg ~ wt + hp"),
  linear("mtcars", "mpg ~ 1"),
  linear("mtcars", "mpg ~ wt * hp + log(disp) + I(qsec^2)"),
  linear("mtcars", "log(mpg) ~ log2(wt) + log10(hp) + sqrt(disp) + exp(drat) + abs(qsec - 18)"),
  linear("mtcars", "mpg ~ factor(cyl) * wt + relevel(factor(gear), ref = \"4\")"),
  linear("mtcars", "mpg ~ 0 + factor(cyl) + wt"),
  linear("mtcars", "mpg ~ wt - 1"),
  linear("mtcars", "mpg ~ factor(cyl):factor(am)"),
  linear("mtcars", "mpg ~ factor(cyl):wt"),
  linear("mtcars", "mpg ~ factor(cyl):wt + factor(am) - 1"),
  linear("mtcars", "mpg ~ (wt + hp + qsec)^2 - wt:qsec"),
  linear("mtcars", "mpg ~ factor(cyl)/wt"),
  linear("mtcars", "mpg ~ wt %in% factor(am) + hp"),
  linear("mtcars", "mpg ~ wt + offset(2 * hp) + offset(log(disp))"),
  linear("mtcars", "mpg ~ offset(hp / 10) + wt + 0"),
  linear("mtcars", "mpg ~ wt + hp", weights = "qsec"),
  linear("mtcars", "mpg ~ factor(gear) + wt", weights = "vs"),
  linear("mtcars", "mpg ~ wt + I(2 * wt) + hp", level = 0.9),
  linear("mtcars", "mpg ~ I(wt / 2) + I(-(hp + 1)^2 / 1e+05)"),
  linear("warpbreaks", "breaks ~ wool * tension"),
  linear("warpbreaks", "breaks ~ relevel(tension, ref = \"M\") + wool"),
  linear("warpbreaks", "breaks ~ wool + tension", reference = list(wool = "B", tension = "L")),
  linear("warpbreaks", "breaks ~ wool:tension - 1"),
  linear("warpbreaks", "breaks ~ wool + wool:tension"),
  linear("iris", "Sepal.Length ~ Species"),
  linear("iris", "Sepal.Length ~ Species * Petal.Width + Sepal.Width", level = 0.99),
  linear("lung", "time ~ age + sex + ph.ecog + meal.cal + wt.loss"),
  linear("mixed", "z ~ x + tiny + huge + count"),
  linear("mixed", "z ~ x * arm + group + tiny + huge"),
  linear("mixed", "z ~ group * arm * x", weights = "w"),
  linear("mixed", "z ~ x + double + flat + group"),
  linear("mixed", "z ~ flat + x"),
  linear("mixed", "z ~ `blood pressure` * `arm` + factor(ward)"),
  linear("mixed", "z ~ factor(ward):`blood pressure` + log(huge) + log(tiny)"),
  linear("mixed", "z ~ x", weights = "trials"),
  linear("wdbc", "mean_radius ~ mean_texture + mean_area + mean_smoothness + worst_area"),
  linear("diabetes", "progression ~ age + sex + bmi + bp + s1 + s2 + s3 + s4 + s5 + s6"),
  linear("diabetes", "progression ~ (age + bmi + bp + s1 + s2)^2 + I(s5^3) + I(s1^2)"),
  logistic("mtcars", "am ~ wt"),
  logistic("mtcars", "vs ~ wt + hp"),
  logistic("mtcars", "am ~ 0 + wt"),
  logistic("mtcars", "vs ~ 1"),
  logistic("mtcars", "vs ~ mpg + offset(log(wt))"),
  logistic("mtcars", "vs ~ mpg + 0 + offset(wt)"),
  logistic("mtcars", "am ~ log(hp) + I(qsec^2)", level = 0.9),
  # Large weights: the second step makes the fit worse, by a seventh and by more than a quarter, before it becomes better.
  logistic("mtcars", "vs ~ mpg", weights = "hp"),
  logistic("lung", "factor(sex) ~ ph.ecog + age", weights = "meal.cal"),
  logistic("wdbc", "malignant ~ mean_radius + mean_texture + mean_smoothness"),
  logistic("wdbc", "malignant ~ mean_radius * mean_texture + log(mean_area)"),
  logistic("lung", "factor(status) ~ age + factor(sex) + ph.ecog"),
  logistic("lung", "factor(status) ~ age * sex + wt.loss + meal.cal"),
  logistic("mixed", "y ~ x + tiny + huge + count"),
  logistic("mixed", "outcome ~ x * arm + group"),
  logistic("mixed", "outcome ~ group:arm - 1"),
  logistic("mixed", "outcome ~ x + arm", reference = list(outcome = "yes", arm = "placebo")),
  logistic("mixed", "y ~ x + tiny * huge + offset(0.1 * count) + group"),
  logistic("mixed", "y ~ x + group", weights = "trials"),
  logistic("mixed", "y ~ x + arm", weights = "w"),
  logistic("mixed", "y ~ x + double + flat + factor(ward)"))

fit <- function(case) {
  frame <- data[[case$data]]
  frame$.weights <- if (is.null(case$weights)) rep(1, nrow(frame)) else frame[[case$weights]]
  # R wants factors where a formula of ours takes any category, and has no argument 'reference'
  for (column in c("tension", "outcome", names(case$reference)))
    if (!is.null(frame[[column]])) frame[[column]] <- factor(frame[[column]])
  for (column in names(case$reference)) frame[[column]] <- relevel(frame[[column]], case$reference[[column]])
  formula <- as.formula(case$formula)
  environment(formula) <- environment()
  model <- if (case$family == "gaussian") lm(formula, frame, weights = .weights)
    else suppressWarnings(glm(formula, binomial, frame, weights = .weights, control = list(epsilon = 1e-8, maxit = 100)))
  collinear <- names(which(is.na(coef(model))))
  if (case$family == "binomial") model <- exact(model, formula, frame)
  result(case, model, collinear)
}

# glm looks for collinear columns with a thousandth of epsilon: with 1e-14 it takes rounding for information. So they are
# left out first, as found with the default.
exact <- function(model, formula, frame) {
  X <- model.matrix(model)
  keep <- !is.na(coef(model))
  control <- glm.control(epsilon = 1e-14, maxit = 100)
  again <- suppressWarnings(glm.fit(X[, keep, drop = FALSE], model$y, model$prior.weights, family = binomial(),
    offset = model$offset, control = control, intercept = attr(terms(model), "intercept") > 0))
  class(again) <- c("glm", "lm")
  if (length(model$offset) && attr(terms(model), "intercept") > 0)
    again$null.deviance <- suppressWarnings(glm.fit(X[, 1, drop = FALSE], model$y, model$prior.weights, family = binomial(),
      offset = model$offset, control = control))$deviance
  again$all <- names(coef(model))
  again
}

result <- function(case, model, collinear) {
  s <- summary(model)
  gaussian <- case$family == "gaussian"
  names <- if (gaussian) names(coef(model)) else model$all
  table <- matrix(NA, length(names), 4, dimnames = list(names, NULL))
  table[rownames(s$coefficients), ] <- s$coefficients
  V <- matrix(NA, length(names), length(names), dimnames = list(names, names))
  known <- rownames(s$coefficients)
  V[known, known] <- if (gaussian) s$cov.unscaled * s$sigma^2 else s$cov.unscaled
  a <- (1 - case$level) / 2
  q <- if (gaussian) -qt(a, model$df.residual) else -qnorm(a)
  l <- logLik(model)
  w <- if (gaussian) weights(model) else model$prior.weights
  z <- if (gaussian) model$model[[1]] - if (is.null(model$offset)) 0 else model$offset
  intercept <- if (gaussian) attr(terms(model), "intercept") else NA
  frame <- data[[case$data]]
  out <- list(
    data = case$data, family = case$family, formula = case$formula, weights = case$weights,
    reference = case$reference, confidenceLevel = case$level,
    names = I(names), rows = length(w), leftOut = nrow(frame) - length(w), collinear = I(collinear),
    coefficients = I(unname(table[, 1])), standardErrors = I(unname(table[, 2])), statistics = I(unname(table[, 3])),
    pValues = I(unname(table[, 4])), lower = I(unname(table[, 1] - q * table[, 2])), upper = I(unname(table[, 1] + q * table[, 2])),
    covariance = unname(V), degreesOfFreedom = model$df.residual, deviance = deviance(model),
    nullDeviance = if (!gaussian) model$null.deviance
      else if (intercept) sum(w * (z - weighted.mean(z, w))^2) else sum(w * z^2),
    logLikelihood = as.numeric(l), aic = AIC(model), bic = BIC(model))
  if (gaussian) {
    out$rSquared <- s$r.squared
    out$adjustedRSquared <- s$adj.r.squared
    out$residualStandardError <- s$sigma
    f <- s$fstatistic
    out["fStatistic"] <- list(if (!is.null(f)) list(value = f[[1]], numerator = f[[2]], denominator = f[[3]],
      pValue = pf(f[[1]], f[[2]], f[[3]], lower.tail = FALSE)))
  }
  out
}

lines <- sapply(cases, function(case) json(fit(case)))
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "models.json")
