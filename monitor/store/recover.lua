-- Hand out one entry that was handed out before: the consumer's own, else one that was abandoned.
-- One at a time, so that an entry which kills its consumer is the only one whose count of attempts grows.
-- Entries that were trimmed before they were handled are acknowledged and counted as lost.
--
-- KEYS  stream, counters
-- ARGV  group, consumer, "own" pending entries after this id ("" for none), abandoned after milliseconds,
--       where to go on looking for abandoned ones, name of the stream in the counters
-- Returns {where to go on with abandoned ones, and with own ones; id, attempts, fields}; without the last
--       three when there is nothing to recover
local stream, counters = KEYS[1], KEYS[2]
local group, consumer, own, idle, from, name = unpack(ARGV)

local function lose(count)
  redis.call('HINCRBY', counters, name .. '.lost', count)
  redis.call('HINCRBY', counters, name .. '.out', count)
end

local function next_own()
  local reply = redis.call('XREADGROUP', 'GROUP', group, consumer, 'COUNT', 1, 'STREAMS', stream, own)
  local entry = reply and reply[1][2][1]
  own = entry and entry[1] or ''
  return entry and entry[1]
end

local function next_abandoned()
  local reply = redis.call('XAUTOCLAIM', stream, group, consumer, idle, from, 'COUNT', 1, 'JUSTID')
  from = reply[1]
  if reply[3] and #reply[3] > 0 then lose(#reply[3]) end  -- since Redis 7 it acknowledges trimmed entries
  local id = reply[2][1]
  if id then redis.call('XCLAIM', stream, group, consumer, 0, id) end  -- JUSTID counts no attempt; this does
  return id
end

for _ = 1, 100 do
  local id = own ~= '' and next_own() or next_abandoned()
  if not id then return {from, own} end
  local entry = redis.call('XRANGE', stream, id, id)[1]
  if entry then
    return {from, own, id, redis.call('XPENDING', stream, group, id, id, 1)[1][4], entry[2]}
  end
  if redis.call('XACK', stream, group, id) == 1 then lose(1) end
end
return {from, own}
