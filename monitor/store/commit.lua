-- Write all that was decided of one item, and acknowledge it; or nothing, if its stories have changed since.
--
-- KEYS  items stream, alerts stream, held alerts, counters, decision; the index of each story key the decision
--       rests on; for the story to write, if any: record, index, recent stories, changed stories, what its
--       mute has hidden;
--       of each alert its ledger line and the group in which it is held
-- ARGV  group, entry, reason, decision, seconds to keep it; number of indexes, their stamps when read;
--       number of stories to write (0 or 1), for it: id, SHA-1 of its record when read ("" if new), record,
--       seconds to keep it, when it was first told, before when recent stories are forgotten (milliseconds),
--       headline if it is muted, else ""; number of rules that spoke, the counter of each; for each alert:
--       when it may go out (milliseconds, 0 for at once), name of its group, its story, and itself
-- Returns 1 when the item is done (also when it was done before), 0 when the decision must be made again
local k, a = 0, 0
local function key() k = k + 1; return KEYS[k] end
local function arg() a = a + 1; return ARGV[a] end

local items, alerts, held, counters, decision = key(), key(), key(), key(), key()
local group, entry, reason = arg(), arg(), arg()

-- Not pending: this or another reader has committed it already, and the reply was lost or it was slow.
if #redis.call('XPENDING', items, group, entry, entry, 1) == 0 then return 1 end

local record, keep = arg(), arg()
local shelves = {}
for i = 1, tonumber(arg()) do
  shelves[i] = key()
  if (redis.call('HGET', shelves[i], '') or '') ~= arg() then return 0 end
end

local story, recent, changed, hidden, id, body, ttl, first, forget, headline
if tonumber(arg()) == 1 then
  story, shelves[#shelves + 1], recent, changed, hidden = key(), key(), key(), key(), key()
  local digest
  id, digest, body, ttl, first, forget, headline = arg(), arg(), arg(), arg(), arg(), arg(), arg()
  local stored = redis.call('GET', story)
  if (stored and redis.sha1hex(stored) or '') ~= digest then return 0 end
end

-- Acknowledge first: Redis refuses a script for want of memory only before its first write, and this one frees.
redis.call('XACK', items, group, entry)
redis.call('SET', decision, record, 'EX', keep)
if story then
  redis.call('SET', story, body, 'EX', ttl)
  for _, index in ipairs(shelves) do
    redis.call('HSET', index, id, '', '', entry)
    redis.call('EXPIRE', index, ttl)
  end
  redis.call('ZADD', recent, first, id)
  redis.call('ZREMRANGEBYSCORE', recent, '-inf', forget)
  local now = redis.call('TIME')
  redis.call('ZADD', changed, now[1] * 1000 + math.floor(now[2] / 1000), id)
  redis.call('ZREMRANGEBYSCORE', changed, '-inf', forget)
  if headline ~= '' then
    redis.call('HSET', hidden, id, headline)
    redis.call('EXPIRE', hidden, ttl)
  end
end

for _ = 1, tonumber(arg()) do redis.call('HINCRBY', counters, arg(), 1) end

local queued = 0
while k < #KEYS do
  local ledger, group, due, name, told, alert = key(), key(), arg(), arg(), arg(), arg()
  if due ~= '0' then
    redis.call('ZADD', held, due, name)
    redis.call('HSET', group, told, alert)
    redis.call('HINCRBY', group, '', 1)
  elseif redis.call('HSETNX', ledger, 'state', 'new') == 1 then
    redis.call('XADD', alerts, '*', 'alert', alert)
    queued = queued + 1
  end
end
if queued > 0 then redis.call('HINCRBY', counters, 'alerts.in', queued) end
redis.call('HINCRBY', counters, 'decided.' .. reason, 1)
redis.call('HINCRBY', counters, 'items.out', 1)
return 1
