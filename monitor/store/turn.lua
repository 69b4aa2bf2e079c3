-- A channel's pace, by Redis' own clock, for all deliverers: a turn is taken, or has to be waited for.
--
-- KEYS  the time of the channel's next turn
-- ARGV  milliseconds until the turn after this one; milliseconds in which nobody may have one (0 to take one)
-- Returns milliseconds to wait before asking again; 0 when the turn was taken
local key, every, hold = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local following = tonumber(redis.call('GET', key) or 0)
if hold == 0 and now < following then return following - now end
following = math.max(following, now + (hold > 0 and hold or every))
if following > now then redis.call('SET', key, string.format('%.0f', following), 'PX', following - now) end
return hold
