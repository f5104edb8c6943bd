# Questions over three sites from R.

library(vantage)

# Who asks: the profile in use, whose keys never leave this machine
conn <- vantage_connect()
conn

# A summary over the rows of all sites, as if they lay in one table
columns <- vantage_summary(conn, c("mean_radius", "mean_texture"))
columns

# Counts of a column's levels, an R table; a second and a third column make a cross table
counts <- vantage_crosstab(conn, "malignant")
counts
prop.table(as.table(counts))

# A logistic regression, with the methods that a fitted model has in R
fit <- vantage_glm(malignant ~ mean_radius + mean_texture + mean_smoothness, conn, family = binomial())
summary(fit)
confint(fit)
AIC(fit)
vantage_tidy(fit, conf.int = TRUE)
vantage_glance(fit)
if (requireNamespace("generics", quietly = TRUE)) generics::glance(fit) # broom's own

# What vouches for it: fetched again, verified again
again <- vantage_verify(conn, columns$task)
length(again$receipts)

# Errors are conditions: what is wrong, where, and what to do next
tryCatch(vantage_summary(conn, "mean_radios"), vantage_error = function(error) cat(conditionMessage(error), "\n"))

# Keep what came back, whole
out <- commandArgs(trailingOnly = TRUE)
if (length(out) > 0) {
  kept <- c(summary = vantage_json(columns), counts = vantage_json(counts), fit = vantage_json(fit))
  writeLines(paste0("{", paste0('"', names(kept), '":', kept, collapse = ","), "}"), out[1])
}
