// Required before a measured program: when it ends, writes its processor time (all threads) in milliseconds and its peak memory in bytes to file descriptor 3.
const { writeSync } = require('node:fs')

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  writeSync(3, JSON.stringify({ processor: (userCPUTime + systemCPUTime) / 1000, peak: maxRSS * 1024 }))
})
