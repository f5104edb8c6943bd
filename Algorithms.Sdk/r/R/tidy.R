# The shapes that broom gives, without broom.

vantage_tidy <- function(x, conf.int = FALSE, conf.level = 0.95, ...) {
  table <- data.frame(term = names(coef(x)), estimate = unname(coef(x)),
                      std.error = unname(numbers(x$result$standardErrors)),
                      statistic = unname(numbers(x$result$statistics)),
                      p.value = unname(numbers(x$result$pValues)), stringsAsFactors = FALSE)
  if (conf.int) {
    interval <- confint(x, level = conf.level)
    table$conf.low <- unname(interval[, 1])
    table$conf.high <- unname(interval[, 2])
  }
  table
}

vantage_glance <- function(x, ...) {
  result <- x$result
  rows <- as.integer(result$rows)
  common <- data.frame(logLik = number(result$logLikelihood), AIC = number(result$aic), BIC = number(result$bic),
                       deviance = number(result$deviance), df.residual = number(result$degreesOfFreedom),
                       nobs = rows)
  if (result$family != "gaussian") {
    intercept <- "(Intercept)" %in% names(result$coefficients)
    null <- data.frame(null.deviance = number(result$nullDeviance), df.null = rows - intercept)
    return(cbind(null, common))
  }
  f <- result$fStatistic
  fit <- data.frame(r.squared = number(result$rSquared), adj.r.squared = number(result$adjustedRSquared),
                    sigma = number(result$residualStandardError), statistic = number(f$value),
                    p.value = number(f$pValue), df = number(f$numerator))
  cbind(fit, common)
}

tidy.vantage_glm <- function(x, conf.int = FALSE, conf.level = 0.95, ...) vantage_tidy(x, conf.int, conf.level)

glance.vantage_glm <- function(x, ...) vantage_glance(x, ...)
