"""What benchmarks of the crawl are made of: a fleet of portals, our crawl of it, and a bare spider's."""
