-- Drop entries that every group has acknowledged and that are older than the time to keep.
--
-- KEYS  stream
-- ARGV  milliseconds to keep
-- Returns how many were dropped
local function parts(id)
  local ms, seq = id:match('^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local function earlier(one, other)
  local ms, seq = parts(one)
  local other_ms, other_seq = parts(other)
  if ms ~= other_ms then return ms < other_ms end
  return seq < other_seq
end

if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local time = redis.call('TIME')
local minimum = string.format('%.0f-0', math.max(0, time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[1])))
local groups = redis.call('XINFO', 'GROUPS', KEYS[1])
if #groups == 0 then return 0 end
for _, fields in ipairs(groups) do
  local group = {}
  for i = 1, #fields, 2 do group[fields[i]] = fields[i + 1] end
  local oldest = redis.call('XPENDING', KEYS[1], group['name'])[2]
  local needed = oldest or group['last-delivered-id']
  if earlier(needed, minimum) then minimum = needed end
end
return redis.call('XTRIM', KEYS[1], 'MINID', '=', minimum)
