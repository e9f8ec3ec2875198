"""The tabs on data and methods: what figures stand on, whether methods hold, all to take away."""
