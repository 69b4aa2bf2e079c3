-- Keep what polls found, and when their feeds are due again: fenced, only for the newest claim of a feed.
--
-- KEYS  slots by when due, slots being polled, epochs, feed states, entries of feeds, counters
-- ARGV  for each poll: slot, feed, epoch, milliseconds until the next poll ("" for never), state, 1 if the
--       entries changed, entries, 1 if there was a gap, how many items were in another language
-- Returns for each poll 1, or 0 if somebody else has claimed the feed since
local call = redis.call
local due, polling, leases, states, entries, counters = unpack(KEYS)
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local saved = {}
for i = 1, #ARGV, 9 do
  local slot, feed, epoch, wait, state, changed, hashes, gap, foreign = unpack(ARGV, i, i + 8)
  local mine = call('HGET', leases, slot) == epoch
  if mine then
    call('HSET', states, feed, state)
    if changed == '1' then call('HSET', entries, feed, hashes) end
    call('ZADD', due, wait == '' and '+inf' or string.format('%.0f', now + tonumber(wait)), slot)
    -- A repeated call finds the slot no longer polled: what it counts was counted.
    if call('ZREM', polling, slot) == 1 then
      if gap == '1' then call('HINCRBY', counters, 'feeds.gaps', 1) end
      if foreign ~= '0' then call('HINCRBY', counters, 'admitted.other_language', foreign) end
    end
  end
  saved[#saved + 1] = mine and 1 or 0
end
return saved
