-- Queue the held alerts whose time has come, the oldest first.
--
-- KEYS  held alerts, alerts stream, counters
-- Returns how many were queued
local held, alerts, counters = unpack(KEYS)
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local due = redis.call('ZRANGEBYSCORE', held, '-inf', now, 'LIMIT', 0, 1000)
for _, alert in ipairs(due) do
  redis.call('XADD', alerts, '*', 'alert', alert)
  redis.call('ZREM', held, alert)
end
if #due > 0 then redis.call('HINCRBY', counters, 'alerts.in', #due) end
return #due
