-- Keep what polls found, and when their feeds are due again: fenced, only for the newest claim of a feed.
-- What is written for many feeds is written by one command, which is what a save costs.
--
-- KEYS  slots by when due, claims, feed states, entries of feeds, counters
-- ARGV  for each poll: slot, feed, epoch, milliseconds until the next poll ("" for never), state, 1 if the
--       entries changed, entries, 1 if there was a gap, how many items were in another language
-- Returns for each poll 1, or 0 if somebody else has claimed the feed since
local call, find, sub = redis.call, string.find, string.sub
local due, claims, states, entries, counters = unpack(KEYS)
local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

local slots = {}
for i = 1, #ARGV, 9 do slots[#slots + 1] = ARGV[i] end
local claimed = call('HMGET', claims, unpack(slots))
local ended, later, kept, bodies, saved = {}, {}, {}, {}, {}
local gaps, others = 0, 0
for n, slot in ipairs(slots) do
  local _, feed, epoch, wait, state, changed, hashes, gap, foreign = unpack(ARGV, n * 9 - 8, n * 9)
  local claim = claimed[n]
  saved[n] = 0
  if claim and sub(claim, 1, find(claim, ' ', 1, true) - 1) == epoch then
    saved[n] = 1
    ended[#ended + 1] = slot
    later[#later + 1] = wait == '' and '+inf' or string.format('%.0f', now + tonumber(wait))
    later[#later + 1] = slot
    kept[#kept + 1] = feed
    kept[#kept + 1] = state
    if changed == '1' then
      bodies[#bodies + 1] = feed
      bodies[#bodies + 1] = hashes
    end
    gaps, others = gaps + tonumber(gap), others + tonumber(foreign)
  elseif not claim and call('HGET', states, feed) == state then
    saved[n] = 1 -- it was kept before; the reply was lost
  end
end
if #ended > 0 then
  call('HDEL', claims, unpack(ended))
  call('ZADD', due, unpack(later))
  call('HSET', states, unpack(kept))
end
if #bodies > 0 then call('HSET', entries, unpack(bodies)) end
if gaps > 0 then call('HINCRBY', counters, 'feeds.gaps', gaps) end
if others > 0 then call('HINCRBY', counters, 'admitted.other_language', others) end
return saved
