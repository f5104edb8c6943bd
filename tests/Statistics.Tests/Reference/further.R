# Reference values for what other data sets brought to light: levels that look like numbers at some sites, columns of one value,
# searches of more than 25 steps, a place between order statistics that rounding moves below zero.
#   LC_ALL=C Rscript further.R       writes further.json and the data sets of R and MASS that it uses beside itself

suppressMessages({ library(MASS); library(survival) })
source("json.R")
nested <- function(x) if (is.list(x) && is.null(names(x))) paste0("[", paste(sapply(x, nested), collapse = ", "), "]") else
  if (is.list(x)) paste0("{", paste(sprintf("%s: %s", text(names(x)), sapply(x, nested)), collapse = ", "), "}") else json(x)
read <- function(data, name) {
  write.csv(data, paste0(name, ".csv"), row.names = FALSE, na = "")
  read.csv(paste0(name, ".csv"), stringsAsFactors = TRUE)
}
cases <- c()
add <- function(algorithm, data, arguments, expected, scales = NULL) cases <<- c(cases, nested(c(
  list(algorithm = algorithm, data = data, arguments = arguments, expected = expected), if (!is.null(scales)) list(scales = scales))))

# Cylinders is 3, 4, 5, 6, 8 and in one row rotary: a site without that row holds numbers. Doors is the same everywhere.
cars <- Cars93[c("Type", "Price", "MPG.highway", "Cylinders", "EngineSize", "Turn.circle", "Man.trans.avail", "Origin")]
cars$Wheels <- 4
cars$Usa <- cars$Origin == "USA"
cars$Far <- 1e9 + round(Cars93$Length) / 1024
cars <- read(cars, "cars93")

t <- table(cars$Cylinders, cars$Origin)
x <- chisq.test(t, correct = FALSE)
add("crosstab", "cars93", list(rows = "Cylinders", columns = "Origin"), list(rows = sum(t),
  levels = list(Cylinders = rownames(t), Origin = colnames(t)),
  table = list(counts = unname(unclass(t)), chiSquared = list(statistic = x$statistic[[1]], degreesOfFreedom = x$parameter[[1]], pValue = x$p.value))))

model <- function(algorithm, formula, fit, link = NULL) {
  s <- summary(fit)$coefficients; names <- rownames(s); map <- function(x) setNames(as.vector(x), names)
  arguments <- list(formula = formula); arguments$link <- link
  add(algorithm, deparse(fit$call$data), arguments, list(coefficients = map(s[, 1]), standardErrors = map(s[, 2]),
    statistics = map(s[, 3]), pValues = map(s[, 4]), deviance = deviance(fit), aic = AIC(fit), converged = TRUE),
    list(coefficients = map(s[, 2]), statistics = map(s[, 2] * 0 + 1)))
}
cars93 <- cars
model("linear", "MPG.highway ~ factor(Cylinders) + Turn.circle", lm(MPG.highway ~ factor(Cylinders) + Turn.circle, data = cars93))

curves <- survfit(Surv(Price, Origin == "USA") ~ Cylinders, cars)
test <- survdiff(Surv(Price, Usa == TRUE) ~ Cylinders, cars)
add("kaplan-meier", "cars93", list(formula = "Surv(Price, Origin == \"USA\") ~ Cylinders"), list(curves = lapply(seq_along(curves$strata), function(g) {
  own <- rep(seq_along(curves$strata), curves$strata) == g
  list(group = names(curves$strata)[g], rows = curves$n[g], times = I(curves$time[own]), survival = I(curves$surv[own]))
})))
add("logrank", "cars93", list(formula = "Surv(Price, Usa == TRUE) ~ Cylinders"), list(statistic = test$chisq, degreesOfFreedom = sum(test$exp > 0) - 1))

# hist() of one value, and of values that lie close together far from zero
for (column in c("Wheels", "Far")) for (right in c(TRUE, FALSE)) {
  h <- hist(cars[[column]], breaks = 4, right = right, plot = FALSE)
  add("histogram", "cars93", list(column = column, bins = 4, right = right), list(edges = I(h$breaks), counts = I(h$counts), missing = 0))
}

# With half of the probability the interval of a one-sided test ends at the estimate
t <- t.test(MPG.highway ~ Origin, cars, alternative = "less", conf.level = 0.5)
add("ttest", "cars93", list(formula = "MPG.highway ~ Origin", alternative = "less", confidenceLevel = 0.5), list(statistic = t$statistic[[1]],
  pValue = t$p.value, confidenceInterval = I(t$conf.int[1:2])))

# Risks far from 1: of a column far from zero in one group only, and by an offset
for (formula in c("Surv(Price, Usa) ~ Man.trans.avail * I(Turn.circle + 1000)", "Surv(Price, Usa) ~ EngineSize + offset(Turn.circle + 600)")) {
  fit <- coxph(as.formula(formula), cars, control = coxph.control(eps = 1e-14, toler.chol = 1.8e-12, iter.max = 100))
  b <- coef(fit); se <- setNames(sqrt(diag(fit$var)), names(b)); h <- basehaz(fit); h <- h[diff(c(0, h$hazard)) > 0, ]
  expected <- list(coefficients = b, standardErrors = se, logLikelihood = fit$loglik[2], centre = setNames(fit$means, names(b)))
  # At R's centre the hazard of the first is huge, which is the rounding of its coefficients times a thousand.
  if (length(b) == 1) expected$baseline <- list(list(stratum = "", times = I(h$time), hazard = I(h$hazard)))
  add("cox", "cars93", list(formula = formula), expected, list(coefficients = se))
}

# Steps that shrink slowly
control <- glm.control(epsilon = 1e-14, maxit = 100)
pressure <- read(pressure, "pressure")
model("gamma", "pressure ~ temperature", glm(pressure ~ temperature, Gamma("log"), data = pressure, control = control), "log")

# An outcome twenty orders of magnitude below its mean
model("gamma", "I(pressure^3) ~ 1", glm(I(pressure^3) ~ 1, Gamma, data = pressure, control = control))

# 1/3 + 0.5 * (19 + 1/3) is a little below 10: R takes the tenth value, and nothing of the eleventh
waders <- read(waders, "waders")
for (type in 4:9) add("quantiles", "waders", list(columns = I(c("S1", "S6", "S15", "S19")), probabilities = I(c(0.05, 0.5, 0.9)), type = type), list(
  columns = lapply(c("S1", "S6", "S15", "S19"), function(column) list(name = column, values = I(unname(quantile(waders[[column]], c(0.05, 0.5, 0.9), type = type)))))))

writeLines(c("[", paste0(cases, c(rep(",", length(cases) - 1), "")), "]"), "further.json")
