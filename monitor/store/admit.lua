-- Mark candidates as seen and queue the new ones, atomically: a crash cannot leave one without the other.
--
-- KEYS  items stream, counters, then the identity keys of each candidate in turn
-- ARGV  seconds an identity is kept; then for each candidate: the kinds of its keys ("g" guid, "l" link,
--       "f" fingerprint, in this order), "1" to announce or "0" only to mark it as seen, the item
-- Returns for each candidate one string: what became of it and the stream id that this is about.
--       "q" queued, "o" too old; "g", "l", "f": a duplicate by this identity
local stream, counters, ttl = KEYS[1], KEYS[2], ARGV[1]
local known = redis.call('MGET', unpack(KEYS, 3))
local fresh = {}
local replies, tally = {}, {q = 0, o = 0, d = 0}
local at = 0

local function judge(kinds, seen, announce, item)
  if seen.f then return 'f', seen.f end
  if not kinds:find('f', 1, true) then
    if seen.g then return 'g', seen.g end
    if seen.l then return 'l', seen.l end
  end
  if not announce then return 'o', '' end
  return 'q', redis.call('XADD', stream, '*', 'item', item)
end

for i = 2, #ARGV, 3 do
  local kinds, seen = ARGV[i], {}
  for j = 1, #kinds do
    seen[kinds:sub(j, j)] = fresh[KEYS[at + j + 2]] or known[at + j]
  end
  local verdict, id = judge(kinds, seen, ARGV[i + 1] == '1', ARGV[i + 2])
  for j = 1, #kinds do
    local key = KEYS[at + j + 2]
    if not seen[kinds:sub(j, j)] then
      redis.call('SET', key, id, 'EX', ttl)
      fresh[key] = id
    elseif not fresh[key] then
      redis.call('EXPIRE', key, ttl)
    end
  end
  at = at + #kinds
  replies[#replies + 1] = verdict .. id
  local bin = tally[verdict] and verdict or 'd'
  tally[bin] = tally[bin] + 1
end

local names = {q = 'admitted.announced', o = 'admitted.too_old_at_first_contact', d = 'admitted.duplicate'}
for bin, count in pairs(tally) do
  if count > 0 then redis.call('HINCRBY', counters, names[bin], count) end
end
if tally.q > 0 then redis.call('HINCRBY', counters, 'items.in', tally.q) end
return replies
