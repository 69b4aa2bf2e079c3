"""A page to look at: is it healthy, who cuts jobs, why did this alert. It only reads."""
