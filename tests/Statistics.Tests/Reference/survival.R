# Reference values for survival: R's own survfit, survdiff and coxph on the pooled data.
#   LC_ALL=C Rscript survival.R      writes veteran.csv, timed.csv, tied.csv and survival.json beside itself
# Cox models are fitted with a convergence tolerance of 1e-14: with R's default, standard errors are 1e-7 off.

suppressMessages(library(survival))
source("json.R")

write.csv(veteran, "veteran.csv", row.names = FALSE)

# Made-up data with what real files have: ties everywhere, delayed entry, missing cells, texts, a rare level, rows in blocks
# without events, columns that others determine.
set.seed(20250611)
n <- 300
x <- round(rnorm(n), 3)
arm <- sample(c("placebo", "low", "high"), n, TRUE, c(.4, .35, .25))
ward <- sample(1:4, n, TRUE)
rate <- exp(0.5 * x - 0.6 * (arm == "high") + 0.2 * ward) / 40
true <- rexp(n, rate)
stop <- pmin(ceiling(true / 3) * 3, 60)
dead <- as.integer(true <= 60 & runif(n) < .85)
dead[201:260] <- 0L
timed <- data.frame(id = 1:n, start = ifelse(runif(n) < .4, pmax(0, stop - sample(1:30, n, TRUE)), 0), stop, dead,
  years = stop / 12, state = ifelse(dead == 1, "dead", "alive"), arm, ward, x, huge = round(1e6 + 1e5 * rnorm(n)),
  double = 2 * x + 1, flat = 7, rare = ifelse(1:n %in% c(5, 44, 91, 160, 170), "r", "c"))
timed$x[c(3, 77)] <- NA
timed$arm[150] <- NA
timed$stop[9] <- NA
# times that are the same but for rounding
timed$years[c(20, 40)] <- timed$years[c(20, 40)] + c(1e-10, -2e-10)
write.csv(timed, "timed.csv", row.names = FALSE)

# more events at each time than there are sites
set.seed(3)
tied <- data.frame(time = sample(1:6, 90, TRUE), status = rbinom(90, 1, .7), g = sample(c("a", "b"), 90, TRUE), x = round(rnorm(90), 1))
write.csv(tied, "tied.csv", row.names = FALSE)

read <- function(name) read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
# row i goes to site (i - 1) mod 3
within <- function(kind, data, formula, ...) {
  f <- function(ties = NULL, rho = NULL, ...) case(kind, data, formula, ties = ties, rho = rho, stratifyBySite = TRUE,
    r = paste(formula, "+ strata(site)"), ...)
  f(...)
}

data <- list(lung = read("lung"), veteran = read("veteran"), timed = read("timed"), tied = read("tied"))

case <- function(kind, data, formula, ..., r = formula) c(list(kind = kind, data = data, formula = formula, r = r), list(...))
km <- function(data, formula, type = "log", level = .95, times = NULL, ...)
  case("kaplan-meier", data, formula, confidenceType = type, confidenceLevel = level, times = if (!is.null(times)) I(times), ...)
lr <- function(data, formula, rho = 0, ...) case("logrank", data, formula, rho = rho, ...)
cox <- function(data, formula, ties = "efron", ...) case("cox", data, formula, ties = ties, stratifyBySite = FALSE, ...)

cases <- list(
  km("lung", "Surv(time, status) ~ 1", times = c(0, 5, 180, 365, 1022, 2000)),
  km("lung", "Surv(time, status) ~ sex", "log-log", .9),
  km("lung", "Surv(time, status) ~ sex + ph.ecog", "plain"),
  km("lung", "Surv(time / 30.4375, status) ~ sex"),
  km("veteran", "Surv(time, status) ~ celltype", times = c(30, 100)),
  km("veteran", "Surv(time, status) ~ trt", "log-log"),
  km("timed", "Surv(stop, dead) ~ arm + ward"),
  km("timed", "Surv(start, stop, dead) ~ arm", "plain", times = c(10, 30)),
  km("timed", "Surv(start, stop, dead) ~ 1", "log-log"),
  km("timed", "Surv(years, state == \"dead\") ~ rare", r = "Surv(years, state == 'dead') ~ rare"),
  km("tied", "Surv(time, status) ~ g"),
  lr("lung", "Surv(time, status) ~ sex"),
  lr("lung", "Surv(time, status) ~ sex", 1),
  lr("lung", "Surv(time, status) ~ sex + strata(ph.ecog)"),
  lr("lung", "Surv(time, status == 2) ~ ph.ecog + strata(sex, inst)", 0.5),
  lr("veteran", "Surv(time, status) ~ celltype"),
  lr("veteran", "Surv(time, status) ~ celltype + trt"),
  lr("timed", "Surv(years, state == \"dead\") ~ arm + strata(ward)"),
  lr("timed", "Surv(stop, dead) ~ rare"),
  lr("tied", "Surv(time, status) ~ g"),
  cox("lung", "Surv(time, status) ~ age + sex + ph.ecog"),
  cox("lung", "Surv(time, status) ~ age + sex + ph.ecog", "breslow"),
  cox("lung", "Surv(time, status) ~ age * factor(ph.ecog) + strata(sex)"),
  cox("lung", "Surv(time, status) ~ log(age) + I(wt.loss^2) + meal.cal + strata(inst)", "breslow"),
  cox("lung", "Surv(time, status) ~ age + offset(0.1 * sex)"),
  cox("veteran", "Surv(time, status) ~ trt + celltype + karno + diagtime + age + prior"),
  cox("veteran", "Surv(time, status) ~ trt * celltype + karno", "breslow", confidenceLevel = .9),
  cox("timed", "Surv(start, stop, dead) ~ x + arm + ward"),
  cox("timed", "Surv(start, stop, dead) ~ x * arm + huge + strata(ward)", "breslow"),
  cox("timed", "Surv(start, stop, state == \"dead\") ~ x + double + flat + relevel(factor(arm), ref = \"placebo\")"),
  cox("timed", "Surv(years, dead) ~ x + arm + rare + huge"),
  cox("timed", "Surv(stop, dead) ~ factor(ward) + strata(arm)"),
  # Columns that differ by a ten millionth: R leaves the later one out, of whose information 1e-14 is left.
  cox("timed", "Surv(stop, dead) ~ x + I(x + huge / 1e+12) + arm"),
  # R writes the formula anew without the strata, main effects first: x comes before arm then.
  cox("timed", "Surv(start, stop, dead) ~ arm:x + x + arm + strata(ward)"),
  cox("tied", "Surv(time, status) ~ x + g"),
  cox("tied", "Surv(time, status) ~ x + g", "breslow"),
  within("logrank", "lung", "Surv(time, status) ~ sex", rho = 0),
  within("logrank", "veteran", "Surv(time, status) ~ celltype + strata(trt)", rho = 1),
  within("logrank", "timed", "Surv(stop, dead) ~ arm", rho = 0),
  within("cox", "lung", "Surv(time, status) ~ age + sex + ph.ecog", ties = "efron"),
  within("cox", "veteran", "Surv(time, status) ~ trt + celltype + karno", ties = "breslow"),
  within("cox", "timed", "Surv(start, stop, dead) ~ x + arm + strata(ward)", ties = "efron"))

frame_of <- function(case) {
  f <- data[[case$data]]
  f$site <- (seq_len(nrow(f)) - 1) %% 3
  if (case$kind == "cox") for (c in names(f)) if (is.character(f[[c]])) f[[c]] <- factor(f[[c]])
  f
}

result <- function(case) {
  frame <- frame_of(case)
  formula <- as.formula(case$r)
  used <- nrow(model.frame(formula, frame))
  case$r <- NULL
  c(case, list(rows = used, leftOut = nrow(frame) - used), switch(case$kind,
    "kaplan-meier" = curves(case, formula, frame), logrank = test(case, formula, frame), cox = model(case, formula, frame)))
}

# R writes groups with blanks to make them equally long
tidy <- function(names) gsub(" +,", ",", sub(" +$", "", names))

curves <- function(case, formula, frame) {
  fit <- survfit(formula, frame, conf.type = case$confidenceType, conf.int = case$confidenceLevel)
  s <- summary(fit, censored = TRUE)
  strata <- if (is.null(fit$strata)) rep(1, length(fit$time)) else rep(seq_along(fit$strata), fit$strata)
  table <- summary(fit)$table
  if (!is.matrix(table)) table <- t(as.matrix(table))
  out <- lapply(unique(strata), function(g) {
    k <- strata == g
    at <- if (!is.null(case$times)) {
      # read off by hand: the last step up to the time, those at risk just before it
      t <- fit$time[k]
      lapply(unclass(case$times), function(when) {
        i <- findInterval(when, t)
        list(time = when, survival = if (when > max(t)) NA else if (i == 0) 1 else fit$surv[k][i])
      })
    }
    list(group = if (is.null(fit$strata)) "" else tidy(names(fit$strata)[g]), rows = fit$n[g], events = sum(fit$n.event[k]),
      median = unname(table[g, "median"]), lower = unname(table[g, ncol(table) - 1]), upper = unname(table[g, ncol(table)]),
      curve = lapply(list(times = fit$time[k], atRisk = fit$n.risk[k], events = fit$n.event[k], censored = fit$n.censor[k],
        survival = fit$surv[k], standardErrors = s$std.err[match(which(k), seq_along(strata))],
        lower = fit$lower[k], upper = fit$upper[k]), I),
      at = if (length(at)) setNames(at, seq_along(at)))
  })
  list(curves = setNames(out, seq_along(out)))
}

test <- function(case, formula, frame) {
  d <- survdiff(formula, frame, rho = case$rho)
  m <- function(x) if (is.matrix(x)) rowSums(x) else x
  V <- d$var
  list(groups = I(tidy(names(d$n))), n = I(as.vector(d$n)), observed = I(m(d$obs)), expected = I(m(d$exp)), variance = unname(V),
    statistic = d$chisq, df = sum(m(d$exp) > 0) - 1, pValue = pchisq(d$chisq, sum(m(d$exp) > 0) - 1, lower.tail = FALSE))
}

model <- function(case, formula, frame) {
  control <- coxph.control(eps = 1e-14, toler.chol = 1.8e-12, iter.max = 100)
  fit <- suppressWarnings(coxph(formula, frame, ties = case$ties, control = control, model = TRUE))
  s <- summary(fit)
  level <- if (is.null(case$confidenceLevel)) .95 else case$confidenceLevel
  b <- coef(fit); se <- sqrt(diag(fit$var)); se[is.na(b)] <- NA
  V <- fit$var; V[is.na(b), ] <- NA; V[, is.na(b)] <- NA
  pairs <- concordance(fit)$count
  if (is.matrix(pairs)) pairs <- colSums(pairs)
  base <- basehaz(fit)
  if (is.null(base$strata)) base$strata <- ""
  jumps <- unlist(lapply(split(base, factor(base$strata, unique(base$strata))), function(h) diff(c(0, h$hazard)) > 0))
  base <- base[jumps, ]
  list(names = I(names(b)), coefficients = I(unname(b)), standardErrors = I(unname(se)), z = I(unname(b / se)),
    pValues = I(unname(pchisq((b / se)^2, 1, lower.tail = FALSE))),
    lower = I(unname(b - qnorm((1 + level) / 2) * se)), upper = I(unname(b + qnorm((1 + level) / 2) * se)),
    covariance = unname(V), events = fit$nevent, collinear = I(names(b)[is.na(b)]),
    nullLogLikelihood = fit$loglik[1], logLikelihood = fit$loglik[2],
    lr = s$logtest[["test"]], wald = fit$wald.test[[1]], score = fit$score, df = sum(!is.na(b)),
    aic = AIC(fit), bic = BIC(fit), concordance = I(unname(pairs[1:3])),
    centre = I(unname(fit$means)), hazard = I(base$hazard), hazardTimes = I(base$time))
}

lines <- sapply(cases, function(case) json(result(case)))
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "survival.json")
