# Questions over three sites from R.

library(vantage)

# Who asks: the profile in use, whose keys never leave this machine
conn <- vantage_connect()
conn

# A summary over the rows of all sites, as if they lay in one table
summary <- vantage_summary(conn, c("mean_radius", "mean_texture"), data = "patients", collaboration = "study")
print(summary)

# What vouches for it: fetched again, verified again
verified <- vantage_verify(conn, summary$task)
print(length(verified$receipts))

# Keep what came back, whole
out <- commandArgs(trailingOnly = TRUE)
if (length(out) > 0) writeLines(paste0('{"summary":', vantage_json(summary), "}"), out[1])
