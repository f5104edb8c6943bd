# Reference values for ridge regression, from glmnet with a threshold of 1e-26 and from MASS's lm.ridge.
#   LC_ALL=C Rscript ridge.R         writes ridge.json beside itself
# (Debian's r-cran-glmnet and r-cran-mass.) Where glmnet's descent is slow, its answer is polished by one Newton step of its own
# objective, (Z'WZ/n + lambda/sd(y))b = Z'Wy/n of standardised columns, which has to be within 1e-7 of it.

suppressMessages({ library(glmnet); library(MASS) })
source("json.R")

data <- list()
for (name in c("diabetes", "mtcars", "iris", "made", "mixed", "warpbreaks"))
  data[[name]] <- read.csv(paste0(name, ".csv"), check.names = FALSE, na.strings = c("", "NA"), stringsAsFactors = FALSE)
data$wdbc <- read.csv("../../../Samples/Quickstart/wdbc.csv")

case <- function(data, formula, lambda, family = "gaussian", scale = "glmnet", weights = NULL)
  list(data = data, formula = formula, lambda = lambda, family = family, scale = scale, weights = weights)
cases <- list(
  case("diabetes", "progression ~ age + sex + bmi + bp + s1 + s2 + s3 + s4 + s5 + s6", c(0.01, 1, 50, 1e4)),
  case("diabetes", "progression ~ age + sex + bmi + bp + s1 + s2 + s3 + s4 + s5 + s6", c(0, 0.1, 10, 1000), scale = "mass"),
  case("diabetes", "progression ~ bmi + bp + s5", c(1, 5), weights = "age"),
  case("mtcars", "mpg ~ wt + hp + disp + factor(cyl)", c(0.5, 5)),
  case("mtcars", "mpg ~ wt + hp + disp + drat + qsec", c(1, 2), scale = "mass"),
  case("mtcars", "mpg ~ wt + hp + offset(qsec)", 1),
  case("iris", "Sepal.Length ~ Species * Petal.Width + Sepal.Width", c(0.05, 1)),
  case("warpbreaks", "breaks ~ wool * tension", c(1, 100), scale = "mass"),
  case("made", "cost ~ x + arm + tiny + huge + I(2 * x)", c(1, 100)),
  case("mixed", "z ~ x + tiny + huge + group", 0.3, weights = "w"),
  case("wdbc", "malignant ~ mean_radius + mean_texture + mean_smoothness + mean_area", c(0.01, 0.05, 1), family = "binomial"),
  case("wdbc", paste("malignant ~", paste(setdiff(names(data$wdbc), "malignant"), collapse = " + ")), c(0.1, 0.02), family = "binomial"),
  case("mixed", "outcome ~ x * arm + group", 0.1, family = "binomial"),
  case("mixed", "y ~ x + tiny + huge + count", c(0.2, 0.001), family = "binomial", weights = "trials"))

result <- function(case) {
  frame <- data[[case$data]]
  used <- c(all.vars(as.formula(case$formula)), case$weights)
  frame <- frame[complete.cases(frame[used]), , drop = FALSE]
  mf <- model.frame(as.formula(case$formula), frame)
  A <- model.matrix(as.formula(case$formula), mf); X <- A[, -1, drop = FALSE]
  y <- model.response(mf); if (is.character(y)) y <- as.integer(y == sort(unique(y))[2])
  off <- model.offset(mf); if (is.null(off)) off <- rep(0, length(y))
  w <- if (is.null(case$weights)) rep(1, length(y)) else frame[[case$weights]]
  v <- w / sum(w)
  xm <- colSums(v * X); Xc <- sweep(X, 2, xm); s <- sqrt(colSums(v * Xc^2)); Z <- sweep(Xc, 2, s, "/")
  raw <- function(b) { b <- c(b[1], b[-1] / s); b[1] <- b[1] - sum(b[-1] * xm); b }
  fits <- lapply(case$lambda, function(lambda) {
    if (case$family == "gaussian") {
      yy <- y - off; ym <- sum(v * yy); sd <- sqrt(sum(v * (yy - ym)^2))
      k <- if (case$scale == "mass") lambda / sum(w) else lambda / sd
      C <- crossprod(Z, v * Z); f <- C + diag(k, ncol(X))
      b <- raw(c(ym, solve(f, crossprod(Z, v * (yy - ym)), tol = 1e-30)))
      theirs <- if (case$scale == "mass") {
        coef(lm.ridge(as.formula(case$formula), frame, lambda = lambda))
      } else as.numeric(coef(glmnet(X, y, weights = w, offset = if (any(off != 0)) off, alpha = 0, lambda = lambda, thresh = 1e-26, maxit = 1e8)))
      rss <- sum(w * (yy - A %*% b)^2); df <- sum(diag(solve(f, C, tol = 1e-30))); n <- sum(w > 0)
      if (case$scale == "mass" && lambda > 0) stopifnot(abs(lm.ridge(as.formula(case$formula), frame, lambda = lambda)$GCV / (rss / (n - df)^2) - 1) < 1e-8)
      out <- list(deviance = rss, devianceRatio = 1 - rss / sum(w * (yy - ym)^2), gcv = rss / (n - df)^2)
    } else {
      g <- suppressWarnings(glmnet(X, y, family = "binomial", weights = w, offset = if (any(off != 0)) off, alpha = 0, lambda = lambda, thresh = 1e-26, maxit = 1e8))
      theirs <- b <- as.numeric(coef(g))
      Z1 <- cbind(1, Z); P <- diag(lambda * c(0, rep(1, ncol(Z)))); z <- c(b[1] + sum(b[-1] * xm), b[-1] * s)
      for (i in 1:4) {
        p <- plogis(drop(Z1 %*% z)); I <- crossprod(Z1, v * p * (1 - p) * Z1)
        z <- z + drop(solve(I + P, crossprod(Z1, v * (y - p)) - P %*% z, tol = 1e-30))
      }
      b <- raw(z); p <- plogis(drop(Z1 %*% z)); I <- crossprod(Z1, v * p * (1 - p) * Z1)
      df <- sum(diag(solve(I + P, I, tol = 1e-30))) - 1
      dev <- -2 * sum(w * (y * log(p) + (1 - y) * log1p(-p)))
      mean <- sum(v * y)
      out <- list(deviance = dev, devianceRatio = 1 - dev / (-2 * sum(w * (y * log(mean) + (1 - y) * log(1 - mean)))))
    }
    close <- max(abs(theirs - b) / pmax(abs(b), 1e-3 * sqrt(sum(b^2)) / length(b)))
    cat(case$data, case$formula, lambda, "theirs within", close, "\n"); stopifnot(close < 1e-7)
    c(list(lambda = lambda, coefficients = setNames(b, colnames(A)), effectiveParameters = df), out)
  })
  arguments <- case[c("formula", "family", "scale")]; arguments$lambda <- I(case$lambda)
  if (!is.null(case$weights)) arguments$weights <- case$weights
  text <- paste0("[", paste(sapply(fits, json), collapse = ", "), "]")
  sprintf('{"algorithm": "ridge", "data": "%s", "arguments": %s, "expected": {"rows": %d, "fits": %s}}',
    case$data, json(arguments), nrow(frame), text)
}

lines <- sapply(cases, result)
writeLines(c("[", paste0(lines, c(rep(",", length(lines) - 1), "")), "]"), "ridge.json")
