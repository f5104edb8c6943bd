# What R's glm approaches where some of the outcome is separated: finite coefficients, and deviance.
#   LC_ALL=C Rscript separation.R    writes separation.json and separated.csv beside itself

source("json.R")
set.seed(7)
n <- 120
separated <- data.frame(x = round(rnorm(n), 4), v = round(rnorm(n), 4), dose = sample(0:5, n, TRUE),
  level = sample(c("a", "b", "c", "d"), n, TRUE), kind = sample(c("p", "q", "r"), n, TRUE))
p <- plogis(0.3 + 0.9 * separated$x - 0.5 * separated$v)
separated$y <- as.integer(runif(n) < p)
separated$y[separated$level == "c"] <- 1                       # a level without failures
separated$first <- ifelse(separated$level == "a", 1, separated$y)   # and the reference level without failures
separated$two <- ifelse(separated$level == "b", 1, ifelse(separated$level == "d", 0, as.integer(runif(n) < p)))
separated$step <- ifelse(separated$dose > 3, 1, ifelse(separated$dose < 3, 0, as.integer(runif(n) < p)))
write.csv(separated, "separated.csv", row.names = FALSE)
separated <- read.csv("separated.csv", stringsAsFactors = TRUE)

# The limit is the model of the rows that are not separated; the deviance of the others goes to zero. What they do not
# determine is left out by hand, since with this epsilon glm takes rounding for information.
fit <- function(formula, infinite, rest, without = NULL) {
  control <- list(epsilon = 1e-14, maxit = 100)
  all <- suppressWarnings(glm(as.formula(formula), binomial, separated, control = control))
  remaining <- if (is.null(without)) as.formula(formula) else update(as.formula(formula), without)
  limit <- summary(glm(remaining, binomial, separated[rest, ], control = control))$coefficients
  names <- names(coef(all))
  finite <- setdiff(names, infinite)
  stopifnot(all(abs(coef(all)[finite] / limit[finite, 1] - 1) < 1e-6))
  list(formula = formula, infinite = I(infinite), names = I(names),
    coefficients = I(unname(limit[, 1][names])), standardErrors = I(unname(limit[, 2][names])),
    deviance = deviance(all), nullDeviance = all$null.deviance, aic = AIC(all), degreesOfFreedom = all$df.residual)
}

cases <- with(separated, list(
  fit("y ~ x + v + level", "levelc", level != "c"),
  fit("y ~ x * kind + level", "levelc", level != "c"),
  fit("first ~ x + level + v", c("(Intercept)", "levelb", "levelc", "leveld"), level %in% c("b", "d")),
  fit("two ~ x + v + level", c("levelb", "leveld"), level %in% c("a", "c")),
  fit("step ~ x + dose + v", c("(Intercept)", "dose"), dose == 3, . ~ . - dose)))
lines <- sapply(cases, json)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "separation.json")
